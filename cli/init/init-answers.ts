import { IDENTIFIER_RULES } from "../../lib/iam/identifier";
import { quoteText } from "../../lib/diagnostics/quote";
import { nearestRegion, REGIONS } from "../../lib/iam/data/regions";
import { idProblem, keyProblem } from "../change/account-answers";
import type { StarterAnswers } from "../../lib/start/starter-map";
import type { Prompts } from "../system/prompts";
import type { UsageProblem } from "../system/usage-problem";

/** The options of `trustwheel init` that answer its questions. */
export interface InitAnswers {
  readonly organizationId?: string;
  readonly managementId?: string;
  readonly account?: string;
  readonly region?: string;
  readonly stateBucket?: string;
  readonly permissionSet?: string;
  readonly github?: string;
}

const DEFAULT_REGION = "us-east-1";
const DEFAULT_PERMISSION_SET = "AdministratorAccess";

/** What is known already, from an organization that was read. */
export type KnownAnswers = Partial<
  Pick<StarterAnswers, "organizationId" | "rootId" | "management" | "account">
>;

/** The answers that a starting repository is made from; nothing where one was refused. */
export async function askForStart(
  options: InitAnswers,
  known: KnownAnswers,
  prompts: Prompts | undefined,
): Promise<StarterAnswers | UsageProblem | undefined> {
  const missing = [
    ...(known.management === undefined && options.managementId === undefined
      ? ["--management-id ID"]
      : []),
    ...(known.account === undefined && options.account === undefined ? ["--account KEY=ID"] : []),
  ];
  if (missing.length > 0 && prompts === undefined) {
    return {
      problem: `a first map needs ${missing.join(" and ")}, and there is no terminal to ask on`,
      help: `pass ${missing.join(" ")}, or \`--organization-file FILE\` or \`--live\` to read them`,
    };
  }
  const interactive = missing.length > 0 ? prompts : undefined;
  const ask = async (
    given: string | undefined,
    question: string,
    suggested: string,
    problemOf: (text: string) => string | undefined,
  ): Promise<string | undefined> => {
    if (given === undefined && interactive !== undefined) {
      return interactive.input(question, { default: suggested, problemOf });
    }
    return given ?? suggested;
  };
  const organizationId =
    known.organizationId ??
    (await ask(
      options.organizationId,
      "Organization ID (empty for none)",
      "",
      organizationProblem,
    ));
  if (organizationId === undefined) return undefined;
  const managementId =
    known.management?.id ??
    (await ask(options.managementId, "ID of the management account", "", idProblem));
  if (managementId === undefined) return undefined;
  const accountText =
    known.account === undefined
      ? await ask(
          options.account,
          "First account, where people sign in (KEY=ID)",
          "",
          accountProblem,
        )
      : `${known.account.key}=${known.account.id}`;
  if (accountText === undefined) return undefined;
  const region = await ask(options.region, "Region", DEFAULT_REGION, regionProblem);
  if (region === undefined) return undefined;
  const permissionSet = await ask(
    options.permissionSet,
    "IAM Identity Center permission set to trust",
    DEFAULT_PERMISSION_SET,
    () => undefined,
  );
  if (permissionSet === undefined) return undefined;
  const stateBucket = await ask(
    options.stateBucket,
    "S3 bucket for state (empty for files)",
    "",
    bucketProblem,
  );
  if (stateBucket === undefined) return undefined;
  const github = await ask(
    options.github,
    "GitHub repository for the pipeline, OWNER/NAME (empty for none)",
    "",
    githubProblem,
  );
  if (github === undefined) return undefined;
  const problem =
    organizationProblem(organizationId) ??
    idProblem(managementId) ??
    accountProblem(accountText) ??
    regionProblem(region) ??
    bucketProblem(stateBucket) ??
    githubProblem(github) ??
    (github !== "" && stateBucket === ""
      ? "a pipeline keeps no files between runs, so it needs a state bucket: `--state-bucket NAME`"
      : undefined);
  if (problem !== undefined) return { problem };
  const [key = "", id = ""] = accountText.split("=");
  return {
    ...(organizationId === "" ? {} : { organizationId }),
    ...(known.rootId === undefined ? {} : { rootId: known.rootId }),
    management: known.management ?? { key: "management", id: managementId },
    account: known.account ?? { key, id },
    region,
    permissionSet,
    ...(stateBucket === "" ? {} : { stateBucket }),
    ...(github === "" ? {} : { github }),
  };
}

function organizationProblem(text: string): string | undefined {
  const { pattern, allowed } = IDENTIFIER_RULES.organizationId;
  return text === "" || pattern.test(text) ? undefined : `an organization ID is ${allowed}`;
}

function accountProblem(text: string): string | undefined {
  const [key = "", id, more] = text.split("=");
  if (id === undefined || more !== undefined)
    return "write it as KEY=ID, for example shop-prod=111111111111";
  return keyProblem(key) ?? idProblem(id);
}

function regionProblem(text: string): string | undefined {
  if (Object.values(REGIONS).some((regions) => regions.includes(text))) return undefined;
  const meant = nearestRegion(text);
  const help = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `AWS has no region ${quoteText(text)} that is known here${help}`;
}

function bucketProblem(text: string): string | undefined {
  return text === "" || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)
    ? undefined
    : "a bucket has 3 to 63 lower-case letters, digits, hyphens and periods";
}

function githubProblem(text: string): string | undefined {
  return text === "" || /^[\w.-]+\/[\w.-]+$/.test(text) ? undefined : "write it as OWNER/NAME";
}
