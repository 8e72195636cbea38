/**
 * The caller, as the review names it: an ARN with path, a service such as `ec2.amazonaws.com`, what a
 * Federated principal calls a provider, or `*`.
 */
export type PrincipalName = string;

/** Whether something is only in head, or was only in base. */
export type Direction = "gained" | "lost";

/** The result of comparing two sets of requests. */
export type ComparisonResult =
  /** Head allows all that base does, and more. */
  | "widened"
  /** Head allows only what base does, and less. */
  | "narrowed"
  /** Each allows what the other does not. */
  | "changed"
  /** Rewritten, same access. */
  | "equivalent"
  /** It could not be decided, or something could not be read: never taken for no change. */
  | "unknown";
