import type { JobSession } from "../runner/job-session";

/** How an action ended. */
export interface ActionEnd {
  readonly isSuccess: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What stands in for an action: it does what the action does, and refuses what the action refuses. */
export type StandIn = (inputs: ActionInputs, job: JobSession) => Promise<ActionEnd>;

export const SUCCEEDED: ActionEnd = { isSuccess: true, outputs: {} };

/** Ends an action as one that failed, with what it says. */
export function failed(job: JobSession, message: string): ActionEnd {
  job.say(`Error: ${message}`);
  return { isSuccess: false, outputs: {} };
}

/** The inputs that a step gives to an action. What the stand-in does not read is an exception: it would not be played. */
export class ActionInputs {
  readonly #values: Map<string, string>;

  constructor(
    readonly action: string,
    values: Readonly<Record<string, string>>,
  ) {
    this.#values = new Map(Object.entries(values));
  }

  /** The text of an input; an empty one is one that is not given. */
  optional(name: string): string | undefined {
    const value = this.#values.get(name);
    this.#values.delete(name);
    return value === "" ? undefined : value;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new Error(`Input required and not supplied: ${name}`);
    return value;
  }

  /** A boolean of YAML's core schema, as the toolkit of actions reads it. */
  boolean(name: string, otherwise: boolean): boolean {
    const value = this.optional(name);
    if (value === undefined) return otherwise;
    if (["true", "True", "TRUE"].includes(value)) return true;
    if (["false", "False", "FALSE"].includes(value)) return false;
    throw new Error(`${this.action}: ${name}: ${value} is no boolean`);
  }

  refuseUnread(): void {
    const names = [...this.#values.keys()];
    if (names.length > 0) throw new Error(`${this.action}: ${names.join(", ")}: not played`);
  }
}
