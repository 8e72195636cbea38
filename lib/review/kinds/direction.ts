/**
 * Who is let in, as the review names it: an ARN with path, a service such as `ec2.amazonaws.com`, what a
 * Federated principal calls a provider, or `*`.
 */
export type PrincipalName = string;

/** Whether something is there in head alone, or was there in base alone. */
export type Direction = "gained" | "lost";

/** What a comparison of two sets of requests came to. */
export type Widening =
  /** Head allows all that base does, and more. */
  | "widened"
  /** Head allows only what base does, and less. */
  | "narrowed"
  /** Each allows what the other does not. */
  | "changed"
  /** Written otherwise, and the same. */
  | "equivalent"
  /** It could not be decided, or something could not be read: never taken for no change. */
  | "unknown";
