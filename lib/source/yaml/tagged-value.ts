/** A value after a tag such as `!Ref`, before anything is made of it. */
export interface TaggedValue {
  /** With its exclamation mark, such as `!Ref`. */
  readonly tag: string;
  /** What follows the tag, as if it were not there; a scalar is a text. */
  readonly value: unknown;
}

/** What a tag makes of its value: an {@link UnresolvedTag} if it has no meaning. */
export type ReadTag = (tagged: TaggedValue) => unknown;

/**
 * A tagged value that nothing could be made of. Its text must never count as the value: who needs it
 * refuses it, with the reason.
 */
export class UnresolvedTag {
  readonly tagged: TaggedValue;
  /** Why, after "`!Tag`"; such as "is not followed". */
  readonly reason: string;

  constructor(tagged: TaggedValue, reason: string) {
    this.tagged = tagged;
    this.reason = reason;
  }
}
