import { NO_ARN, parseArn } from "../arn";
import type { Caller } from "../condition/caller";
import { requestContext } from "../condition/request-context";
import type { RequestContext } from "../condition/request-context";
import { ESCALATION_TARGETS } from "../data/escalation-paths";
import type { EscalationPath } from "../data/escalation-paths";
import type { RolePermissions } from "./role-permissions";
import { coveredActions } from "./escalation-actions";
import { statementApplicability } from "../statement-applicability";
import { valuesOf } from "../policy-document";
import type { Statement } from "../policy-document";
import { addTo } from "../../values/group";

/** An action that a role may do. */
export interface PossibleAction {
  readonly action: string;
  /** Names of the policies that say so. */
  readonly sources: readonly string[];
}

/** A statement of a role's policies and the policy that holds it. */
interface Held {
  readonly statement: Statement;
  readonly source: string;
}

/** Something that no policy names. */
const UNRELATED = "zz-unrelated-zz";
/** Another boundary than the one that is meant, or a policy to attach: the widest there is. */
const WIDEST_POLICY = "policy/AdministratorAccess";
/** How many resources that a policy names are tried as places to make something. */
const TRIED_RESOURCES = 20;

/** Tells which actions a role may do on things that it was not given by name. */
export class EscalationChecker {
  readonly #role: RolePermissions;
  readonly #partition: string;
  readonly #account: string;
  readonly #caller: Caller;
  readonly #held: ReadonlyMap<string, readonly Held[]>;
  readonly #bounds: ReadonlyMap<string, readonly Held[]> | undefined;

  constructor(role: RolePermissions) {
    this.#role = role;
    const { partition = "", accountId: account = "" } = parseArn(role.arn) ?? NO_ARN;
    this.#partition = partition;
    this.#account = account;
    this.#caller = { kind: "role-session", roleArn: role.arn, sessionName: "session" };
    this.#held = byAction(role.policies);
    this.#bounds =
      role.boundary === undefined
        ? undefined
        : byAction([{ name: "boundary", document: role.boundary }]);
  }

  /** The first action of a group that the role may do, and the policies that say so. */
  firstPossible(group: readonly string[], path: EscalationPath): PossibleAction | undefined {
    for (const action of group) {
      for (const target of this.#targets(action, path)) {
        for (const context of this.#contexts(action, target, path)) {
          const sources = this.#allowedBy(action, target, context);
          if (sources.length > 0) return { action, sources };
        }
      }
    }
    return undefined;
  }

  /**
   * One action of each group that the role may do on one thing that it creates, where the others of the path
   * follow; `undefined` where one of them is missing on each such thing.
   */
  allOnOneCreated({ needs }: EscalationPath): readonly PossibleAction[] | undefined {
    for (const target of this.#creatable(needs.flat())) {
      for (const boundary of [undefined, this.#widestPolicy()]) {
        const steps = needs.map((group) => this.#firstOn(group, target, boundary));
        if (steps.every((step) => step !== undefined)) return steps;
      }
    }
    return undefined;
  }

  #firstOn(
    group: readonly string[],
    target: string,
    boundary: string | undefined,
  ): PossibleAction | undefined {
    for (const action of group) {
      const keys = boundary === undefined ? {} : { "iam:PermissionsBoundary": boundary };
      const context = requestContext({ ...this.#keys(action, target), ...keys });
      const sources = this.#allowedBy(action, target, context);
      if (sources.length > 0) return { action, sources };
    }
    return undefined;
  }

  /** Things of the account that do not exist yet, under names that the policies cover without naming them. */
  #creatable(actions: readonly string[]): readonly string[] {
    const named = actions.flatMap((action) => {
      const [service, resource] = serviceAndResource(action);
      const unnamed = `arn:${this.#partition}:${service}::${this.#account}:${resource.replaceAll("NAME", UNRELATED)}`;
      const patterns = (this.#held.get(action) ?? [])
        .flatMap(({ statement }) => valuesOf(statement.Resource))
        .filter((pattern) => /[*?]/.test(pattern))
        .slice(0, TRIED_RESOURCES);
      return [unnamed, ...patterns.map((pattern) => this.#instanceHere(pattern, unnamed))];
    });
    return [...new Set(named)].filter((target) => parseArn(target)?.accountId === this.#account);
  }

  /** Something of the role's own account that a pattern covers. */
  #instanceHere(pattern: string, unnamed: string): string {
    const fields = pattern.split(":");
    if (fields.length < 6) return unnamed;
    const own = unnamed.split(":");
    const place = fields
      .slice(0, 5)
      .map((field, index) => (/[*?]/.test(field) ? (own[index] ?? "") : field));
    return [...place, instance(fields.slice(5).join(":"))].join(":");
  }

  #widestPolicy(): string {
    return `arn:${this.#partition}:iam::aws:${WIDEST_POLICY}`;
  }

  #allowedBy(action: string, target: string, context: RequestContext): readonly string[] {
    const reaches = ({ statement }: Held): ReturnType<typeof statementApplicability> =>
      statementApplicability(
        statement,
        { caller: this.#caller, action, resource: target, context },
        this.#role.now,
      );
    const allows = (held: readonly Held[]): readonly Held[] =>
      held.some((each) => each.statement.Effect === "Deny" && reaches(each) === "certain")
        ? []
        : held.filter((each) => each.statement.Effect === "Allow" && reaches(each) !== "never");
    const given = allows(this.#held.get(action) ?? []);
    if (given.length === 0) return [];
    if (this.#bounds !== undefined && allows(this.#bounds.get(action) ?? []).length === 0)
      return [];
    return given.map(({ source }) => source);
  }

  /** ARNs whose reach makes an action count. */
  #targets(action: string, path: EscalationPath): readonly string[] {
    const held = this.#held.get(action);
    if (held === undefined) return [];
    const patterns = held.flatMap(({ statement }) =>
      statement.Effect === "Allow" ? valuesOf(statement.Resource) : [],
    );
    const [, resource] = serviceAndResource(action);
    const targets = [
      ...this.#unrelated(action, patterns),
      ...(path.section === "N1" || path.section === "N4" ? this.#itself(action, resource) : []),
      // What a role is passed to can be made under a name that the policy does name.
      ...(path.section === "N2" && action !== "iam:PassRole"
        ? patterns.slice(0, TRIED_RESOURCES).map(instance)
        : []),
    ];
    return [...new Set(targets)];
  }

  /** Things that no policy names, in each region and, for roles to assume, each account that a policy names. */
  #unrelated(action: string, patterns: readonly string[]): readonly string[] {
    const [service, resource] = serviceAndResource(action);
    const global = service === "iam" || service === "sso";
    // A policy that lists thousands of roles by name says nothing of others.
    const open = patterns.filter((pattern) => /[*?]/.test(pattern));
    const fields = open.map((pattern) => pattern.split(":"));
    const regions = global ? [""] : [this.#role.region, ...literals(fields.map((each) => each[3]))];
    const accounts =
      service === "sso"
        ? [""]
        : action === "sts:AssumeRole"
          ? [this.#account, ...literals(fields.map((each) => each[4]))]
          : [this.#account];
    const name = resource.replaceAll("NAME", UNRELATED);
    return regions.flatMap((region) =>
      accounts.map((account) => `arn:${this.#partition}:${service}:${region}:${account}:${name}`),
    );
  }

  #itself(action: string, resource: string): readonly string[] {
    if (action === "sts:AssumeRole") return [];
    if (resource === "role/NAME") return [this.#role.arn];
    return resource === "policy/NAME" ? this.#role.ownPolicyArns : [];
  }

  /** The condition keys that are known of a request; for a passed role, one for each spelling of its service. */
  #contexts(action: string, target: string, path: EscalationPath): readonly RequestContext[] {
    const keys = this.#keys(action, target);
    const { passedTo = [] } = path;
    if (action !== "iam:PassRole") return [requestContext(keys)];
    return passedTo
      .flatMap((service) => [`${service}.amazonaws.com`, `${service}.amazonaws.com.cn`])
      .map((service) => requestContext({ ...keys, "iam:PassedToService": service }));
  }

  #keys(action: string, target: string): Readonly<Record<string, string>> {
    const { arn, organizationId } = this.#role;
    const { accountId: owner = "" } = parseArn(target) ?? NO_ARN;
    return {
      "aws:PrincipalArn": arn,
      "aws:PrincipalAccount": this.#account,
      "aws:PrincipalType": "AssumedRole",
      "aws:ResourceAccount": owner,
      ...(organizationId === undefined
        ? {}
        : { "aws:PrincipalOrgID": organizationId, "aws:ResourceOrgID": organizationId }),
      ...(action.startsWith("iam:Attach") ? { "iam:PolicyARN": this.#widestPolicy() } : {}),
      ...(/^iam:Put.*Boundary$/.test(action)
        ? { "iam:PermissionsBoundary": this.#widestPolicy() }
        : {}),
    };
  }
}

function byAction(policies: RolePermissions["policies"]): ReadonlyMap<string, readonly Held[]> {
  const held = new Map<string, Held[]>();
  for (const { name, document } of policies) {
    for (const statement of document.Statement) {
      for (const action of coveredActions(statement)) {
        addTo(held, action, { statement, source: name });
      }
    }
  }
  return held;
}

function serviceAndResource(action: string): readonly [service: string, resource: string] {
  const target = ESCALATION_TARGETS[action] ?? "";
  const [first = "", second] = target.split("|");
  return second === undefined ? [action.slice(0, action.indexOf(":")), first] : [first, second];
}

function literals(values: readonly (string | undefined)[]): readonly string[] {
  return values
    .filter((value) => value !== undefined)
    .filter((value) => /^[a-z0-9-]+$/.test(value));
}

/** A resource that a pattern names. */
function instance(pattern: string): string {
  return pattern.replaceAll("*", UNRELATED).replaceAll("?", "z");
}
