import { listNames } from "../../diagnostics/nearest";
import { quoteText } from "../../diagnostics/quote";
import type { RoleName } from "../../iam/identifier";
import type { Account, Pipeline, PipelineRole, PrincipalEntry } from "../model/account-map";
import type { PipelineRunner } from "../model/pipeline-runner";
import { NO_CONDITIONS } from "../model/principal";
import type { Principal } from "../model/principal";
import type { RawPipeline } from "./raw-account-map";
import { readGithub } from "./read-federation";
import type { PrincipalScope } from "./principal-scope";
import { readRole } from "./read-role";
import type { RoleScope } from "./read-role";
import { checkIdentifier, lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";

type RawRunner<Kind extends (typeof RUNNERS)[number]> = NonNullable<RawPipeline[Kind]>;

/** Who can assume the two roles, and what runs there. */
interface Entrances {
  readonly runner: PipelineRunner;
  /** By the keys of the principals. */
  readonly plan: Readonly<Record<string, Principal>>;
  readonly apply: Readonly<Record<string, Principal>>;
  readonly grant: PrincipalEntry["grant"];
}

type PipelineScope = PrincipalScope & RoleScope;

const AT = ["pipeline"];
const RUNNERS = ["githubActions", "gitlab", "atlantis"] as const;
const BRANCH = "main";
const ENVIRONMENT = "production";

/** Reads the pipeline of a map. */
export function readPipeline(
  raw: RawPipeline | undefined,
  scope: PipelineScope,
  reporter: Reporter,
): Pipeline | undefined {
  if (raw === undefined) return undefined;
  const account = lookUp(reporter, [...AT, "account"], "account", raw.account, scope.accounts);
  const entrances = readRunner(raw, account, scope, reporter);
  const accountPlanRole = raw.accountPlanRole ?? "trustwheel-account-plan";
  checkIdentifier(reporter, [...AT, "accountPlanRole"], "roleName", "a role name", accountPlanRole);
  const names = {
    planRole: raw.planRole ?? "trustwheel-plan",
    applyRole: raw.applyRole ?? "trustwheel-apply",
    accountPlanRole,
  };
  checkDistinct(names, reporter);
  if (account === undefined || entrances === undefined) return undefined;
  const role = (key: "plan" | "apply", name: string, description: string): PipelineRole => ({
    settings: readRole(key, { role: name, description }, AT, scope, reporter),
    waysIn: waysInOf(entrances[key], entrances.grant),
  });
  return {
    account,
    runner: entrances.runner,
    plan: role("plan", names.planRole, "Plans of the pipeline; reads only"),
    apply: role("apply", names.applyRole, "The pipeline, where it deploys"),
    accountPlanRole: accountPlanRole as RoleName,
    maxParallel: raw.maxParallel ?? 10,
    at: AT,
  };
}

/** All three are in the pipeline's account, where a name is taken once, whatever the path and the case (rule ID-06). */
function checkDistinct(names: Readonly<Record<string, string>>, reporter: Reporter): void {
  const taken = new Map<string, string>();
  for (const [key, name] of Object.entries(names)) {
    const other = taken.get(name.toLowerCase());
    if (other !== undefined) {
      reporter.report([...AT, key], {
        rule: "pipeline",
        message: `\`${other}\` and \`${key}\` are roles of one account, and both are called ${quoteText(name)}`,
        help: "give each its own name",
      });
    }
    taken.set(name.toLowerCase(), key);
  }
}

function waysInOf(
  principals: Readonly<Record<string, Principal>>,
  grant: PrincipalEntry["grant"],
): PrincipalEntry[] {
  return Object.entries(principals).map(([key, principal]) => ({
    key,
    principal,
    conditions: NO_CONDITIONS,
    grant,
    at: AT,
  }));
}

function readRunner(
  raw: RawPipeline,
  account: Account | undefined,
  scope: PipelineScope,
  reporter: Reporter,
): Entrances | undefined {
  const named = RUNNERS.filter((kind) => raw[kind] !== undefined);
  if (named.length !== 1) {
    reporter.report(AT, {
      rule: "pipeline",
      atKey: true,
      message: `a pipeline runs on exactly one of ${listNames(RUNNERS)}, got ${named.length === 0 ? "none" : listNames(named)}`,
      help: "write one of them below `pipeline:`",
    });
    return undefined;
  }
  if (raw.githubActions !== undefined) return readActions(raw.githubActions, scope, reporter);
  if (raw.gitlab !== undefined) return readGitlab(raw.gitlab, scope, reporter);
  if (raw.atlantis !== undefined) return readAtlantis(raw.atlantis, account, reporter);
  return undefined;
}

/**
 * A token's subject carries an environment, a ref or `pull_request`, never two of them: applying is
 * bound to the environment by the subject and to the branch by the claim `ref` (rule OI-07b). Planning is
 * bound to the branch: a workflow of a pull request is its author's, and so is what it does with a role.
 */
function readActions(
  raw: RawRunner<"githubActions">,
  scope: PipelineScope,
  reporter: Reporter,
): Entrances | undefined {
  const { branch = BRANCH, environment = ENVIRONMENT, ...repository } = raw;
  checkLiteral("repository", raw.repository, "githubActions", reporter);
  checkLiteral("branch", branch, "githubActions", reporter);
  checkLiteral("environment", environment, "githubActions", reporter);
  const onBranch = readGithub({ ...repository, branch }, [...AT, "githubActions"], scope, reporter);
  if (onBranch === undefined) return undefined;
  const refs = [`refs/heads/${branch}`];
  return {
    runner: { kind: "githubActions", branch, environment },
    plan: { branch: onBranch },
    apply: { environment: { ...onBranch, branches: [], environments: [environment], refs } },
    grant: "none",
  };
}

/** Only the branch plans, too; a subject names the branch, and nothing tells the environment (rule OI-10). */
function readGitlab(
  raw: RawRunner<"gitlab">,
  { providers }: PipelineScope,
  reporter: Reporter,
): Entrances | undefined {
  const { branch = BRANCH, environment = ENVIRONMENT, project, projectId, namespaceId } = raw;
  const at = [...AT, "gitlab", "provider"];
  checkLiteral("project", project, "gitlab", reporter);
  checkLiteral("branch", branch, "gitlab", reporter);
  const provider = lookUp(reporter, at, "identity provider", raw.provider, providers);
  if (provider === undefined) return undefined;
  if (provider.kind !== "oidc") {
    reporter.report(at, {
      rule: "unknown-identity-provider",
      message: `the identity provider \`${raw.provider}\` is of kind \`${provider.kind}\`, not \`oidc\``,
    });
    return undefined;
  }
  const claims = new Map<string, readonly string[]>();
  if (namespaceId !== undefined) claims.set("namespace_id", [namespaceId]);
  if (projectId !== undefined) claims.set("project_id", [projectId]);
  const onBranch: Principal = {
    kind: "oidc",
    provider,
    subjects: [`project_path:${project}:ref_type:branch:ref:${branch}`],
    audiences: provider.audiences,
    claims,
  };
  const audience = provider.audiences[0] ?? "sts.amazonaws.com";
  return {
    runner: { kind: "gitlab", branch, environment, audience },
    plan: { branch: onBranch },
    apply: { branch: onBranch },
    grant: "none",
  };
}

/** Atlantis is one server with one role: which role it uses is its own decision. */
function readAtlantis(
  raw: RawRunner<"atlantis">,
  account: Account | undefined,
  reporter: Reporter,
): Entrances | undefined {
  const { repository, role, path = "/", branch = BRANCH } = raw;
  const at = [...AT, "atlantis", "role"];
  checkLiteral("repository", repository, "atlantis", reporter);
  checkLiteral("branch", branch, "atlantis", reporter);
  checkIdentifier(reporter, [...AT, "atlantis", "path"], "rolePath", "a role path", path);
  if (!checkIdentifier(reporter, at, "roleName", "a role name", role)) return undefined;
  if (account === undefined) return undefined;
  const principal: Principal = { kind: "role", account, names: [role], path };
  return {
    runner: { kind: "atlantis", repository, branch },
    plan: { server: principal },
    apply: { server: principal },
    grant: "generate",
  };
}

/** Names end up in trust policies, where a wildcard would allow others, and in the files of the pipeline. */
function checkLiteral(
  key: string,
  text: string,
  runner: (typeof RUNNERS)[number],
  reporter: Reporter,
): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(text)) return;
  reporter.report([...AT, runner, key], {
    rule: "pipeline",
    message: `\`${key}\` must be letters, digits and any of \`._/-\`, beginning with a letter or digit, got ${quoteText(text)}`,
    help: "a pipeline runs for one repository, one branch and one environment; write each out",
  });
}
