/** A version of a provider: major, minor, patch. */
export type ProviderVersion = readonly [number, number, number];

/** Versions of a provider that a constraint admits, as bounds; `!=` only takes single versions away. */
export interface ProviderRange {
  /** @default - no lower bound */
  readonly from?: Bound;
  /** @default - no upper bound */
  readonly to?: Bound;
  readonly except: readonly ProviderVersion[];
}

interface Bound {
  readonly version: ProviderVersion;
  /** Whether the version itself is admitted. */
  readonly included: boolean;
}

const CONDITION = /^(=|!=|>=|<=|>|<|~>)? *(\d+)(?:\.(\d+))?(?:\.(\d+))?$/;

/**
 * The versions that a version constraint of Terraform admits. Parts that a version leaves out are 0. `~>` lets
 * only the last part that is written grow, of a major version alone the minor one: `~> 5` is `~> 5.0`.
 *
 * @param text conditions with commas between them; the schema has checked their form
 *
 * Source: Terraform, "Version constraints"; `~> 5` as Terraform 1.11.4 reads it.
 */
export function providerRange(text: string): ProviderRange {
  let range: ProviderRange = { except: [] };
  for (const condition of text.split(",")) {
    const [, operator = "=", major = "", minor, patch] = CONDITION.exec(condition.trim()) ?? [];
    const version: ProviderVersion = [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
    const next: ProviderVersion =
      patch === undefined ? [version[0] + 1, 0, 0] : [version[0], version[1] + 1, 0];
    switch (operator) {
      case "!=":
        range = { ...range, except: [...range.except, version] };
        break;
      case "=":
        range = below(above(range, version, true), version, true);
        break;
      case "~>":
        range = below(above(range, version, true), next, false);
        break;
      case ">=":
      case ">":
        range = above(range, version, operator === ">=");
        break;
      default:
        range = below(range, version, operator === "<=");
    }
  }
  return range;
}

/** Whether a range admits a version. */
export function admitsVersion(
  { from, to, except }: ProviderRange,
  version: ProviderVersion,
): boolean {
  const isAbove = from === undefined || order(version, from.version) >= (from.included ? 0 : 1);
  const isBelow = to === undefined || order(version, to.version) <= (to.included ? 0 : -1);
  return isAbove && isBelow && !except.some((each) => order(each, version) === 0);
}

/** Whether a range admits no version at all. Versions are whole numbers: `> 6.0.0, < 6.0.1` admits none. */
export function isEmptyRange(range: ProviderRange): boolean {
  const { from = { version: [0, 0, 0], included: true }, ...rest } = range;
  const [major, minor] = from.version;
  let patch = from.version[2];
  if (!from.included) patch += 1;
  // The lowest versions that are not taken away; one above all that are is admitted unless the bound ends it.
  while (rest.except.some((each) => order(each, [major, minor, patch]) === 0)) patch += 1;
  return !admitsVersion(rest, [major, minor, patch]);
}

/** Whether a range admits any version below this one. */
export function reachesBelow(range: ProviderRange, version: ProviderVersion): boolean {
  return range.from === undefined || order(range.from.version, version) < 0;
}

/** Whether a range admits this version or any above it. */
export function reachesTo({ to }: ProviderRange, version: ProviderVersion): boolean {
  return to === undefined || order(to.version, version) >= (to.included ? 0 : 1);
}

function above(range: ProviderRange, version: ProviderVersion, included: boolean): ProviderRange {
  const { from } = range;
  const isTighter =
    from === undefined ||
    order(version, from.version) > 0 ||
    (order(version, from.version) === 0 && !included);
  return isTighter ? { ...range, from: { version, included } } : range;
}

function below(range: ProviderRange, version: ProviderVersion, included: boolean): ProviderRange {
  const { to } = range;
  const isTighter =
    to === undefined ||
    order(version, to.version) < 0 ||
    (order(version, to.version) === 0 && !included);
  return isTighter ? { ...range, to: { version, included } } : range;
}

/** Negative, 0 or positive, as the first version is below, the same as or above the second. */
function order(a: ProviderVersion, b: ProviderVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
