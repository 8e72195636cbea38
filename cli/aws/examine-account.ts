import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "@aws-sdk/client-sts";
import { awsProblem } from "./aws-problem";
import type { AwsProblem } from "./aws-problem";
import { clientSettings } from "./client-settings";
import type { ClientPatience } from "./client-settings";
import { helpForDenial } from "./denial";
import type { AssumeStep, ExpectedAccount } from "../../lib/bootstrap/expected-account";
import type { Examined } from "./examination";

/** How sessions are named in audit logs. */
const SESSION_NAME = "trustwheel-doctor";
/** The shortest session that STS gives (rule ID-16). */
const SESSION_SECONDS = 900;

/** Who asks. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Whose credentials these are; without any that work, nothing can be examined. */
export async function callerIdentity(
  region: string,
  patience: ClientPatience = {},
): Promise<Identity | { readonly problem: AwsProblem }> {
  try {
    return await identityOf(undefined, region, patience);
  } catch (error) {
    const problem = awsProblem(error, "sts:GetCallerIdentity");
    if (problem === undefined) throw error;
    return { problem };
  }
}

/** Accesses an account as Terraform does, and checks that everything it needs exists. Changes nothing. */
export async function examineAccount(
  account: ExpectedAccount,
  patience: ClientPatience = {},
): Promise<Examined[]> {
  if (account.steps.length === 0 && account.roles.length === 0) {
    return [{ check: "account", status: "ok", message: "Terraform creates nothing there" }];
  }
  const entered = await enter(account, patience);
  if (entered.session === "failed") return entered.examined;
  const { session, examined } = entered;
  const identity = await look("sts:GetCallerIdentity", () =>
    identityOf(session, account.region, patience),
  );
  if (identity === "missing" || "problem" in identity) {
    return [...examined, describe("account", "whose credentials these are", identity)];
  }
  if (identity.accountId !== account.id) return [...examined, wrongAccount(account, identity)];
  const found: Examined = {
    check: "account",
    status: "ok",
    message: `it is ${account.id}, as ${identity.arn}`,
  };
  const client = new IAMClient({
    ...clientSettings(account.region, patience),
    ...credentialsOf(session),
  });
  try {
    return [...examined, found, ...(await examineEntities(client, account))];
  } finally {
    client.destroy();
  }
}

type Entered =
  | { readonly session: Session | undefined; readonly examined: Examined[] }
  | { readonly session: "failed"; readonly examined: Examined[] };

async function enter(account: ExpectedAccount, patience: ClientPatience): Promise<Entered> {
  let session: Session | undefined;
  for (const step of account.steps) {
    const client = new STSClient({
      ...clientSettings(account.region, patience),
      ...credentialsOf(session),
    });
    try {
      session = sessionOf((await client.send(assume(step))).Credentials);
    } catch (error) {
      return { session: "failed", examined: [notEntered(error, step, account)] };
    } finally {
      client.destroy();
    }
  }
  const last = account.steps.at(-1);
  const examined: Examined[] =
    last === undefined
      ? []
      : [{ check: "deployment-role", status: "ok", message: `${last.roleArn} can be assumed` }];
  return { session, examined };
}

function assume({ roleArn: RoleArn, externalId }: AssumeStep): AssumeRoleCommand {
  return new AssumeRoleCommand({
    RoleArn,
    RoleSessionName: SESSION_NAME,
    DurationSeconds: SESSION_SECONDS,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  });
}

function notEntered(error: unknown, step: AssumeStep, account: ExpectedAccount): Examined {
  const problem = knownProblem(error, "sts:AssumeRole");
  const check = "deployment-role";
  if (problem.kind !== "denied") {
    return {
      check,
      status: "problem",
      message: `${step.roleArn}: ${problem.message}`,
      help: problem.help,
    };
  }
  const passed = step.externalId === undefined ? "" : ` and its external ID ${step.externalId}`;
  return {
    check,
    status: "problem",
    message: `${step.roleArn} cannot be assumed: ${(error as Error).message}`,
    help: helpForDenial(
      (error as Error).message,
      `the role does not exist, or its trust policy does not allow these credentials${passed}, or they are not allowed sts:AssumeRole; AWS does not say which`,
    ),
    commands: [account.bootstrap],
  };
}

function wrongAccount({ id, key, steps }: ExpectedAccount, { accountId, arn }: Identity): Examined {
  return {
    check: "account",
    status: "problem",
    message: `these credentials lead to ${accountId}, as ${arn}, not to ${id}`,
    help:
      steps.length === 0
        ? `\`deploymentRole\` of \`${key}\` is \`none\`: use credentials of the account itself, or name a role`
        : `check the ID of \`${key}\` in accounts.yaml`,
  };
}

async function examineEntities(client: IAMClient, account: ExpectedAccount): Promise<Examined[]> {
  const { boundaries, oidcProviders, roles, bootstrap } = account;
  const missing = (check: Examined["check"], what: string): Examined => ({
    check,
    status: "problem",
    message: `${what} is missing`,
    commands: [bootstrap],
  });
  const examined: Examined[] = [];
  for (const arn of boundaries) {
    const found = await look("iam:GetPolicy", () =>
      client.send(new GetPolicyCommand({ PolicyArn: arn })),
    );
    examined.push(
      found === "missing"
        ? missing("boundary", `the permissions boundary ${arn}`)
        : describe("boundary", `the permissions boundary ${arn}`, found),
    );
  }
  for (const arn of oidcProviders) {
    const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    const found = await look("iam:GetOpenIDConnectProvider", () => client.send(command));
    examined.push(
      found === "missing"
        ? missing("identity-provider", `the identity provider ${arn}`)
        : describe("identity-provider", `the identity provider ${arn}`, found),
    );
  }
  for (const { name, arn } of roles) {
    const found = await look("iam:GetRole", () =>
      client.send(new GetRoleCommand({ RoleName: name })),
    );
    if (found === "missing") continue;
    if ("problem" in found) {
      // A role that is not there yet is looked for without its path, which a bounded role may not do.
      if (found.problem.kind === "denied") continue;
      return [...examined, describe("role-name", `the role ${arn}`, found)];
    }
    if (found.Role?.Arn === arn) continue;
    examined.push({
      check: "role-name",
      status: "problem",
      message: `the name ${name} is taken by ${found.Role?.Arn ?? "another role"}, so ${arn} cannot be created`,
      help: "role names are unique in an account, whatever their path (ID-05): rename one of them, or add that role to the map",
    });
  }
  return examined;
}

async function look<Found extends object>(
  action: string,
  ask: () => Promise<Found>,
): Promise<Found | "missing" | { readonly problem: AwsProblem }> {
  try {
    return await ask();
  } catch (error) {
    if ((error as Error).name.startsWith("NoSuchEntity")) return "missing";
    return { problem: knownProblem(error, action) };
  }
}

function describe(check: Examined["check"], what: string, found: object | "missing"): Examined {
  if (found === "missing" || !("problem" in found))
    return { check, status: "ok", message: `${what} exists` };
  const { kind, message, help } = found.problem as AwsProblem;
  return kind === "denied"
    ? { check, status: "unknown", message: `no permission to read ${what}: ${message}` }
    : { check, status: "problem", message: `${what}: ${message}`, help };
}

function knownProblem(error: unknown, action: string): AwsProblem {
  const problem = awsProblem(error, action);
  if (problem === undefined) throw error;
  return problem;
}

async function identityOf(
  session: Session | undefined,
  region: string,
  patience: ClientPatience,
): Promise<Identity> {
  const client = new STSClient({ ...clientSettings(region, patience), ...credentialsOf(session) });
  try {
    const { Account = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn };
  } finally {
    client.destroy();
  }
}

function sessionOf(credentials: Credentials | undefined): Session {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

function credentialsOf(session: Session | undefined): { readonly credentials?: Session } {
  return session === undefined ? {} : { credentials: session };
}
