import type { Path } from "../../source/source";

/** A finding that was accepted in the map, with the reason why. */
export interface Acknowledgement {
  /** Id of the rule. */
  readonly rule: string;
  /** Keys that lead to the place, such as `hubs.automation`: it covers everything below it. */
  readonly place: readonly string[];
  readonly reason: string;
  /** @default - for as long as it is in the map */
  readonly until?: string;
  readonly at: Path;
}
