import { Construct } from "constructs";
import type { AccountProps } from "./account-props";
import { connectRole } from "./connected-role";
import { arnOf, referenceProblems } from "./role-props";
import type { RoleProps, RoleReference } from "./role-props";
import type { TrustedPrincipal } from "./trusted-principal";

/** Props of {@link HubRole}. */
export interface HubRoleProps extends RoleProps {
  /** Who can assume it, each principal with its own key: `[a-z][a-z0-9-]*`, part of statement IDs. */
  readonly principals: Readonly<Record<string, TrustedPrincipal>>;
  /**
   * The roles that the hub may assume: exactly these, in every account by itself. Their ARNs are listed
   * while they fit, then role names with the list of their accounts (rule ID-39).
   * @default - none
   */
  readonly spokes?: readonly RoleReference[];
  /**
   * `organization` permits every role of the spokes' names in the organizations of the spokes, also in
   * accounts that are not listed.
   * @default "spokes"
   */
  readonly reach?: "spokes" | "organization";
}

/**
 * A role that people and machines assume first, and its spokes from there. It can assume exactly its
 * spokes; targets outside their organizations are denied.
 */
export class HubRole extends Construct implements RoleReference {
  readonly account: AccountProps;
  readonly roleName: string;
  readonly path: string;
  /** ARN of the role, composed: no token, and usable in any stack. */
  readonly arn: string;
  /** Whether its sessions can carry a source identity (rule TR-17). */
  readonly sourceIdentity: boolean;
  /** Keys of the transitive session tags that its sessions can carry (rule TR-15b). */
  readonly transitiveTags: readonly string[];

  constructor(scope: Construct, id: string, props: HubRoleProps) {
    super(scope, id);
    this.account = props.account;
    this.roleName = props.roleName;
    this.path = props.path ?? "/";
    this.arn = arnOf(this);
    const { principals, spokes = [], reach = "spokes" } = props;
    const problems = spokes.flatMap((spoke, index) =>
      referenceProblems(`spokes[${index}]`, spoke, props.account),
    );
    if (Object.keys(principals).length === 0) {
      problems.push(
        `principals: nobody can assume the role \`${props.roleName}\`: add a principal [TR-22]`,
      );
    }
    const connections = { principals, targets: spokes, reach, problems };
    const { session } = connectRole(this, "Default", props, connections);
    this.sourceIdentity = session.sourceIdentity;
    this.transitiveTags = session.transitiveTags;
  }
}
