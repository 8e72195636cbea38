import type { Account } from "../../account-map/model/account-map";
import type { ExistingRole } from "../read/existing-access";
import type { ExistingPrincipal } from "../trust/existing-principal";

/** A role that can be adopted, with its principals. */
export interface RoleNode {
  readonly role: ExistingRole;
  readonly account: Account;
  readonly ways: readonly ExistingPrincipal[];
}

/** Roles that can be adopted, by ARN, and which of them can assume each other. */
export class RoleGraph {
  readonly #targets = new Map<string, Set<string>>();

  readonly nodes: ReadonlyMap<string, RoleNode>;

  constructor(nodes: ReadonlyMap<string, RoleNode>) {
    this.nodes = nodes;
    for (const [arn, { ways }] of nodes) {
      for (const { callerArn } of ways) {
        if (callerArn === undefined || callerArn === arn || !nodes.has(callerArn)) continue;
        const targets = this.#targets.get(callerArn) ?? new Set();
        this.#targets.set(callerArn, targets.add(arn));
      }
    }
  }

  /** ARNs of the roles that a role assumes. */
  targetsOf(arn: string): ReadonlySet<string> {
    return this.#targets.get(arn) ?? new Set();
  }

  /** The ways of a role that are those of other roles here. */
  callersOf(arn: string): readonly ExistingPrincipal[] {
    const { ways = [] } = this.nodes.get(arn) ?? {};
    return ways.filter(
      ({ callerArn }) => callerArn !== undefined && this.targetsOf(callerArn).has(arn),
    );
  }
}
