/** What an earlier synthesis left. It may change what is said, never what is written. */
export interface PreviousSynthesis {
  /** Account ids by the key of the map. */
  readonly accountIds: ReadonlyMap<string, string>;
  /** Whether Terraform holds a state of an account; where that is unknown, whether it might. */
  readonly hasState: (accountId: string) => boolean;
  /** How many roles the stack of an account had, by its key. @default - none had any */
  readonly roleCounts?: ReadonlyMap<string, number>;
}
