import type { Assertion, Subjects } from "./assertion";

/** An assertion in the words of the map, such as `maxHops 3`. */
export function describeAssertion(assertion: Assertion): string {
  switch (assertion.kind) {
    case "never":
    case "only":
      return `${assertion.kind} from ${subjects(assertion.from)} to ${subjects(assertion.to)}`;
    case "maxHops":
      return `maxHops ${assertion.hops}`;
    case "mfaOnHumanPaths":
      return "mfaOnHumanPaths";
  }
}

function subjects(of: Subjects): string {
  return of.kind === "entry" ? of.path.join(".") : `${of.account}/${of.name}`;
}
