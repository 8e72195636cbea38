import type { OneOrMore } from "../../iam/policy-document";
import type { ParameterDeclaration, ParameterValues } from "../model/account-map";
import type { RawAccountMap } from "./raw-account-map";
import { lookUp, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** The parameters that a map declares, by name. */
export type DeclaredParameters = ReadonlyMap<string, ParameterDeclaration>;

/** Names that documents can use without a declaration, and what they hold. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ["region", "the account's region"],
  ["partition", "the account's partition"],
]);

/** Reads the parameters that a map declares. */
export function readParameters(
  raw: RawAccountMap["parameters"],
  reporter: Reporter,
): DeclaredParameters {
  const parameters = new Map<string, ParameterDeclaration>();
  for (const [name, { type, default: value }] of sortedEntries(raw)) {
    const path = ["parameters", name];
    const meaning = BUILT_IN.get(name);
    if (meaning !== undefined) {
      reporter.report(path, {
        rule: "reserved-name",
        atKey: true,
        message: `the parameter \`${name}\` is built in, without a declaration, and is ${meaning}`,
        help: "give this one another name, or remove it",
      });
    }
    const at = [...path, "default"];
    parameters.set(name, { type, ...(value === undefined ? {} : { default: { value, at } }) });
  }
  return parameters;
}

/** Reads values of declared parameters, each with its place. */
export function readParameterValues(
  raw: Readonly<Record<string, OneOrMore>> | undefined,
  path: Path,
  declared: DeclaredParameters,
  reporter: Reporter,
): ParameterValues {
  const values = sortedEntries(raw);
  for (const [name] of values) {
    lookUp(reporter, [...path, name], "parameter", name, declared, true);
  }
  return new Map(values.map(([name, value]) => [name, { value, at: [...path, name] }]));
}
