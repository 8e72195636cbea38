import { Construct } from "constructs";
import { EMPTY_SESSION } from "../../lib/plan/session-context";
import type { RoleCaller } from "../../lib/plan/role/caller-statements";
import { accountIdentity } from "./account-props";
import type { AccountProps } from "./account-props";
import { connectRole } from "./connected-role";
import { identifierProblems, keyProblems, prefixed } from "./prop-problems";
import { arnOf, referenceProblems } from "./role-props";
import type { RoleProps } from "./role-props";
import { ec2Instances } from "./service-principals";
import type { ServiceConditionProps } from "./service-principals";
import { byKey } from "../../lib/values/order";

/** A role that a chain makes. */
export interface ChainRoleProps extends RoleProps {
  /**
   * External ids, one of which the role before it passes (rule ID-12).
   * @default - none is asked for
   */
  readonly externalIds?: readonly string[];
}

/**
 * A chain: the role of the instance profile, then roles step by step. It is plain data, so that every
 * stack that makes roles of it can be given the same.
 */
export interface InstanceProfileChainProps extends RoleProps, ServiceConditionProps {
  /**
   * Name of the instance profile: 1 to 128 characters of `[\w+=,.@-]` (rule ID-27).
   * @default - the name of its role
   */
  readonly profileName?: string;
  /**
   * Roles by key `[a-z][a-z0-9-]*`, step by step. Every role of a step may assume every role of the
   * next; sessions after the first last 3600 seconds at the most (rule ID-17).
   */
  readonly steps: readonly Readonly<Record<string, ChainRoleProps>>[];
  /**
   * The account of the stack, of which only the chain's own roles are made here. Give the same chain to
   * the stack of every account that has a part in it.
   * @default - the account of the instance profile
   */
  readonly inAccount?: AccountProps;
}

/**
 * An EC2 instance profile and the roles that its instances assume one from another, with both sides of
 * every hop.
 */
export class InstanceProfileChain extends Construct {
  /** Name of the instance profile, which is made in the account where the chain starts. */
  readonly profileName: string;

  constructor(scope: Construct, id: string, props: InstanceProfileChainProps) {
    super(scope, id);
    const { steps, inAccount = props.account, notBefore, notAfter, ...start } = props;
    this.profileName = props.profileName ?? props.roleName;
    const problems = chainProblems(props);
    this.node.addValidation({ validate: () => problems });
    if (inAccount.id === props.account.id) {
      const window = {
        ...(notBefore === undefined ? {} : { notBefore }),
        ...(notAfter === undefined ? {} : { notAfter }),
      };
      connectRole(this, "Default", start, {
        principals: {
          "instance-profile": ec2Instances({ profileName: this.profileName }, window),
        },
        targets: Object.values(steps[0] ?? {}),
      });
    }
    let callers = [roleCaller(["chain", id], props)];
    const made = new Set<string>();
    for (const [index, step] of steps.entries()) {
      const roles = Object.entries(step).sort(byKey);
      for (const [key, role] of roles) {
        if (inAccount.id !== role.account.id) continue;
        if (made.has(key) || keyProblems("", key).length > 0) continue; // reported, and no construct's id
        made.add(key);
        const { externalIds = [] } = role;
        connectRole(this, key, role, {
          callers: callers.map((caller) => ({ ...caller, externalIds })),
          targets: Object.values(steps[index + 1] ?? {}),
        });
      }
      callers = roles.map(([key, role]) => roleCaller(["chain", id, key], role));
    }
  }
}

/** A role of the chain, as the next step's trust names it. Services set no source identity and no tags. */
function roleCaller(name: readonly string[], role: RoleProps): RoleCaller {
  return {
    name,
    account: accountIdentity(role.account),
    arn: arnOf(role),
    trustMode: "account",
    session: EMPTY_SESSION,
    externalIds: [],
  };
}

function chainProblems({ steps, inAccount, ...start }: InstanceProfileChainProps): string[] {
  const problems: string[] = [];
  const roles: [string, RoleProps][] = [["the instance profile", start]];
  const keys = new Set<string>();
  if (steps.length === 0) problems.push("steps: a chain needs at least one step [TR-22]");
  for (const [index, step] of steps.entries()) {
    const prop = `steps[${index}]`;
    if (Object.keys(step).length === 0) {
      problems.push(`${prop}: a step needs at least one role [TR-22]`);
    }
    for (const [key, role] of Object.entries(step)) {
      const at = `${prop}.${key}`;
      roles.push([at, role]);
      problems.push(...keyProblems(prop, key), ...referenceProblems(at, role, start.account));
      for (const externalId of role.externalIds ?? []) {
        problems.push(
          ...prefixed(
            at,
            identifierProblems("externalIds", "externalId", "an external ID", externalId),
          ),
        );
      }
      if (keys.has(key)) problems.push(`${prop}: the key \`${key}\` is in two steps [key-name]`);
      keys.add(key);
    }
  }
  const first = new Map<string, string>();
  for (const [at, { account, roleName }] of roles) {
    const role = `${account.id} ${roleName.toLowerCase()}`;
    const earlier = first.get(role);
    if (earlier !== undefined) {
      problems.push(
        `${at}: the role \`${roleName}\` of ${account.id} is already in the chain, at ${earlier} [TR-22]`,
      );
    }
    first.set(role, at);
  }
  const home = (inAccount ?? start.account).id;
  if (!roles.some(([, { account }]) => account.id === home)) {
    problems.push(`inAccount: no role of the chain is in ${home} [TR-22]`);
  }
  return problems;
}
