import { containsRange, parseAddress, parseAddressRange } from "../../iam/condition/address-range";
import { matchesOne, sourceWords } from "../caller";
import type { IndexEntry } from "../index/access-index";
import type { Reason } from "../refusal";

/** What a call for a role says, as far as it is known. */
export interface CallFacts {
  /** Milliseconds. */
  readonly time: number;
  /** @default - none is passed */
  readonly externalId?: string | undefined;
  /** Set by this call, or carried by the session that makes it. @default - none */
  readonly sourceIdentity?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether the call passes a code of an MFA device. */
  readonly mfa: boolean;
  /** @default - not known */
  readonly sourceIp?: string | undefined;
  /** @default - not known */
  readonly vpcEndpoint?: string | undefined;
}

/**
 * Why the statements of an entry would not let a call in that its caller makes. What is not known, such as the address
 * from which AWS sees the call, is a reason that is not certain. None: as far as the index tells, it is let in.
 */
export function entryReasons(entry: IndexEntry, call: CallFacts): readonly Reason[] {
  const [statement] = entry.statements;
  const base = { side: "trust policy" as const, ...(statement === undefined ? {} : { statement }) };
  return [
    ...externalIdReasons(entry, call, base),
    ...identityReasons(entry, call),
    ...tagReasons(entry, call),
    ...windowReasons(entry, call, base),
    ...mfaReasons(entry, call, base),
    ...networkReasons(entry, call, base),
    ...permissionReasons(entry),
  ];
}

type Base = Pick<Reason, "side" | "statement">;

function externalIdReasons(
  { externalIds = [] }: IndexEntry,
  { externalId }: CallFacts,
  base: Base,
): Reason[] {
  const key = "sts:ExternalId";
  const wanted = externalIds.join(" or ");
  if (externalIds.length === 0 || (externalId !== undefined && externalIds.includes(externalId)))
    return [];
  if (externalId === undefined) {
    return [
      {
        ...base,
        key,
        wanted,
        certain: true,
        text: `${key} must be ${wanted}, and the call passes none`,
      },
    ];
  }
  return [
    {
      ...base,
      key,
      wanted,
      got: externalId,
      certain: true,
      text: `${key} must be ${wanted}, got ${externalId}`,
    },
  ];
}

function identityReasons(
  { sourceIdentity: allowed, statements }: IndexEntry,
  { sourceIdentity }: CallFacts,
): Reason[] {
  const key = "sts:SourceIdentity";
  const statement = statements.find((sid) => sid.endsWith("SourceIdentity")) ?? statements[0];
  const base = {
    side: "trust policy" as const,
    key,
    certain: true,
    ...(statement === undefined ? {} : { statement }),
  };
  if (sourceIdentity === undefined) {
    if (allowed?.required !== true || allowed.from.kind === "assertion") return [];
    const wanted = allowed.values.join(" or ") || "any value";
    return [{ ...base, wanted, text: `${key} must be ${wanted}, and the call sets none` }];
  }
  if (allowed === undefined) {
    const text = `nothing allows sts:SetSourceIdentity, and the session has the source identity ${sourceIdentity}`;
    return [{ side: "trust policy", key, certain: true, got: sourceIdentity, text }];
  }
  if (matchesOne(allowed.values, sourceIdentity)) return [];
  const wanted = allowed.values.join(" or ");
  return [
    {
      ...base,
      wanted,
      got: sourceIdentity,
      text: `${key} must be ${wanted}, got ${sourceIdentity}`,
    },
  ];
}

function tagReasons({ tags: allowed = [], statements }: IndexEntry, { tags }: CallFacts): Reason[] {
  const statement = statements.find((sid) => sid.endsWith("TagSession"));
  const base = {
    side: "trust policy" as const,
    certain: true,
    ...(statement === undefined ? {} : { statement }),
  };
  return Object.entries(tags).flatMap(([tag, value]): Reason[] => {
    const rule = allowed.find(({ key }) => key === tag);
    if (rule === undefined) {
      const wanted = allowed.map(({ key }) => key).join(", ") || "none";
      return [
        {
          ...base,
          key: "aws:TagKeys",
          wanted,
          got: tag,
          text: `the session tag ${tag} is not allowed; allowed: ${wanted}`,
        },
      ];
    }
    if (matchesOne(rule.values, value)) return [];
    const wanted = rule.values.join(" or ");
    const key = `aws:RequestTag/${tag}`;
    return [{ ...base, key, wanted, got: value, text: `${key} must be ${wanted}, got ${value}` }];
  });
}

function windowReasons({ conditions = {} }: IndexEntry, { time }: CallFacts, base: Base): Reason[] {
  const { notBefore, notAfter } = conditions;
  const got = new Date(time).toISOString();
  const key = "aws:CurrentTime";
  const reason = (wanted: string): Reason => ({
    ...base,
    key,
    wanted,
    got,
    certain: true,
    text: `${key} must be ${wanted}, got ${got}`,
  });
  return [
    ...(notBefore !== undefined && time < Date.parse(notBefore)
      ? [reason(`from ${notBefore} on`)]
      : []),
    ...(notAfter !== undefined && time >= Date.parse(notAfter)
      ? [reason(`before ${notAfter}`)]
      : []),
  ];
}

function mfaReasons({ conditions = {} }: IndexEntry, { mfa }: CallFacts, base: Base): Reason[] {
  if (conditions.mfa === undefined || mfa) return [];
  const key = "aws:MultiFactorAuthPresent";
  return [
    {
      ...base,
      key,
      wanted: "true",
      certain: true,
      text: `${key} must be true, and the call passes no MFA code`,
    },
  ];
}

/** Addresses and endpoints are alternatives: a call that comes through an endpoint has no public address. */
function networkReasons({ conditions = {} }: IndexEntry, call: CallFacts, base: Base): Reason[] {
  const { sourceIps = [], vpcEndpoints = [] } = conditions;
  if (sourceIps.length === 0 && vpcEndpoints.length === 0) return [];
  const { sourceIp, vpcEndpoint } = call;
  if (vpcEndpoint !== undefined && vpcEndpoints.includes(vpcEndpoint)) return [];
  if (sourceIp !== undefined && vpcEndpoint === undefined && isWithin(sourceIp, sourceIps))
    return [];
  const isKnown = sourceIp !== undefined || vpcEndpoint !== undefined;
  const key = sourceIps.length > 0 ? "aws:SourceIp" : "aws:SourceVpce";
  const wanted = [...sourceIps, ...vpcEndpoints].join(" or ");
  const got = vpcEndpoint ?? sourceIp;
  return [
    {
      ...base,
      key,
      wanted,
      ...(got === undefined ? {} : { got }),
      certain: isKnown,
      text: `${key} must be ${wanted}${got === undefined ? "; AWS sees the address, this machine does not know it" : `, got ${got}`}`,
    },
  ];
}

function isWithin(address: string, ranges: readonly string[]): boolean {
  const given = parseAddress(address);
  return (
    given !== undefined &&
    ranges.some((text) => {
      const range = parseAddressRange(text);
      return range !== undefined && containsRange(range, given);
    })
  );
}

function permissionReasons({ permission, from }: IndexEntry): Reason[] {
  if (permission !== "owner") return [];
  return [
    {
      side: "permissions policy",
      certain: false,
      text: `${sourceWords(from)} must hold the permission to assume the role; it is not in this map`,
    },
  ];
}
