import { Construct } from "constructs";
import { accountIdentity } from "./account-props";
import type { AccountProps } from "./account-props";
import { connectRole } from "./connected-role";
import { identifierProblems, keyProblems } from "./prop-problems";
import { arnOf, referenceProblems } from "./role-props";
import type { RoleProps, RoleReference } from "./role-props";
import type { TrustedPrincipal } from "./trusted-principal";
import { byKey } from "../../lib/values/order";

/** Props of {@link SpokeRole}; `hubs` or `principals` must have an entry. */
export interface SpokeRoleProps extends RoleProps {
  /**
   * Hub roles, or any other roles, that can assume it, by keys `[a-z][a-z0-9-]*` that statement IDs are
   * made from. Trust names the hub's account and pins the role by `aws:PrincipalArn` (rule TR-12).
   * @default - no hub
   */
  readonly hubs?: Readonly<Record<string, RoleReference>>;
  /**
   * Its own principals, without a hub, by keys `[a-z][a-z0-9-]*`.
   * @default - none
   */
  readonly principals?: Readonly<Record<string, TrustedPrincipal>>;
  /**
   * External ids that hubs pass: one, or during a rotation the current and the previous one (rule ID-12).
   * @default - none is asked for
   */
  readonly externalIds?: readonly string[];
}

/**
 * A role assumed from hubs, in one account; the same props in each account create the same role
 * everywhere.
 */
export class SpokeRole extends Construct implements RoleReference {
  readonly account: AccountProps;
  readonly roleName: string;
  readonly path: string;
  /** ARN of the role, composed: no token, and usable in any stack. */
  readonly arn: string;
  /** Whether its sessions can carry a source identity (rule TR-17). */
  readonly sourceIdentity: boolean;
  /** Keys of the transitive session tags that its sessions can carry (rule TR-15b). */
  readonly transitiveTags: readonly string[];

  constructor(scope: Construct, id: string, props: SpokeRoleProps) {
    super(scope, id);
    this.account = props.account;
    this.roleName = props.roleName;
    this.path = props.path ?? "/";
    this.arn = arnOf(this);
    const { principals = {}, externalIds = [] } = props;
    const hubs = Object.entries(props.hubs ?? {}).sort(byKey);
    const callers = hubs.map(([key, hub]) => ({
      name: ["hub", key],
      account: accountIdentity(hub.account),
      arn: arnOf(hub),
      trustMode: "account" as const,
      session: {
        sourceIdentity: hub.sourceIdentity ?? false,
        transitiveTags: [...(hub.transitiveTags ?? [])].sort(),
      },
      externalIds,
    }));
    const problems = [
      ...hubs.flatMap(([key, hub]) => [
        ...keyProblems("hubs", key),
        ...referenceProblems(`hubs.${key}`, hub, props.account),
      ]),
      ...externalIds.flatMap((externalId) =>
        identifierProblems("externalIds", "externalId", "an external ID", externalId),
      ),
    ];
    if (hubs.length + Object.keys(principals).length === 0) {
      problems.push(
        `hubs: nobody can assume the role \`${props.roleName}\`: add a hub or a principal [TR-22]`,
      );
    }
    const { session } = connectRole(this, "Default", props, { principals, callers, problems });
    this.sourceIdentity = session.sourceIdentity;
    this.transitiveTags = session.transitiveTags;
  }
}
