import type { ReadStack } from "../terraform-stack";

/** What Terraform is going to do with a resource; `forget` leaves it in the account. */
export type PlannedAction =
  "create" | "update" | "replace" | "delete" | "no-op" | "read" | "forget";

/** What a plan says about one resource. */
export interface ResourceChange {
  /** File of the plan, which is the stack of the resource's node in the graph. */
  readonly stack: string;
  /** Address with the path of modules and the index, such as `module.hub["a"].aws_iam_role.hub[0]`. */
  readonly address: string;
  readonly type: string;
  readonly action: PlannedAction;
  /** Attributes that force a replacement, such as `name` or `tags.0.key`. */
  readonly replacePaths: readonly string[];
  /** Address before it was moved. @default - it was not moved */
  readonly previousAddress?: string;
  /** Key of an object that a failed replacement left behind. @default - it is the resource itself */
  readonly deposed?: string;
}

/** What was read of a plan or of a state. */
export interface TerraformPlan {
  /** A state has no changes, and is the same before and after. */
  readonly kind: "plan" | "state";
  readonly formatVersion: string;
  /** @default - the file does not say */
  readonly terraformVersion?: string;
  /** What there is now, as far as Terraform knows it. */
  readonly before: ReadStack;
  /** What there will be; what is known only after apply is unknown. */
  readonly after: ReadStack;
  /** In the order of the plan, those that change nothing included. */
  readonly changes: readonly ResourceChange[];
  /** What was changed outside of Terraform since the last time; `before` has it. */
  readonly drift: readonly ResourceChange[];
}
