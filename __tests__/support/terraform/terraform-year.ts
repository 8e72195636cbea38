import { CreateRoleCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmulatedAccounts } from "../emulated-aws/emulated-accounts";
import { EmulatedOrganization } from "../emulated-aws/emulated-organization";
import { EmulatedProject, successOf } from "../emulated-aws/emulated-project";
import type { Outcome } from "../emulated-aws/emulated-project";
import { GIVEN_ROLES } from "../emulated-aws/emulated-year";
import { startMoto } from "../emulated-aws/moto";
import type { Moto } from "../emulated-aws/moto";
import type { FoundProvider } from "./find-provider";
import { IamGate } from "./iam-gate";
import { countChanges, readPlan } from "./real-plan";
import type { PlanCounts, RealPlan } from "./real-plan";
import { ADMINISTRATOR, SAML_METADATA, YEAR_DOCUMENTS, yearMap } from "./year-map";

/** Names of the roles that the bootstrap makes. */
export const DEPLOYMENT_ROLE = "trustwheel-deployment";
export const PLAN_ROLE = "trustwheel-account-plan";

/** What `plan -detailed-exitcode` says. */
const NO_CHANGES = 0;
const CHANGES = 2;

/** Programs of Terraform that run at a time: each one starts a provider of some hundred megabytes. */
const AT_A_TIME = 2;

/** What a review says of plans, as far as it is asked here. */
export interface ReviewOfPlans {
  readonly hasChanges: boolean;
  readonly changes: readonly { readonly kind: string; readonly direction?: string }[];
  /** What could not be read. */
  readonly unread: readonly unknown[];
}

/** What is planned with. */
export interface PlanSettings {
  /** Name of the role in each account. @default - the deployment role of the map */
  readonly role?: string;
}

/**
 * An emulated organization behind a gate that decides by the policies of the deployment roles, a project whose
 * stacks the real provider plans and applies as they were synthesized, and what it did so far.
 */
export class TerraformYear {
  /** All that was applied, by what was done. */
  readonly counts: PlanCounts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, move: 0 };

  /** Texts of the stacks when they were last planned. */
  #planned: ReadonlyMap<string, string> = new Map();

  private constructor(
    readonly provider: FoundProvider,
    readonly moto: Moto,
    readonly accounts: EmulatedAccounts,
    readonly organization: EmulatedOrganization,
    readonly project: EmulatedProject,
    readonly gate: IamGate,
    readonly gateUrl: string,
  ) {}

  /** Starts the organization with a map of everything that can be made; nothing is applied. */
  static async start(provider: FoundProvider): Promise<TerraformYear> {
    const moto = await startMoto();
    const direct = new EmulatedAccounts(moto.url);
    const gate = new IamGate(moto.url, direct, GIVEN_ROLES);
    const url = await gate.start();
    const accounts = new EmulatedAccounts(url);
    const organization = new EmulatedOrganization(moto.url);
    const project = new EmulatedProject(moto.environment, accounts, YEAR_DOCUMENTS);
    await organization.create();
    for (const unit of ["/Infrastructure", "/Workloads", "/Workloads/Prod", "/Workloads/Test"]) {
      await organization.addUnit(unit);
    }
    await organization.addAccount("shared", "/Infrastructure");
    await organization.addAccount("shop-prod", "/Workloads/Prod");
    await organization.addAccount("shop-test", "/Workloads/Test");
    project.mapText = yearMap(organization);
    writeFileSync(join(project.folder, "saml.xml"), SAML_METADATA);
    const year = new TerraformYear(provider, moto, accounts, organization, project, gate, url);
    await year.#makeCallers();
    return year;
  }

  async end(): Promise<void> {
    this.accounts.destroy();
    await this.gate.stop();
    await this.moto.stop();
    this.organization.destroy();
    this.project.remove();
  }

  /** Applies what the accounts need before Terraform can work in them, as an administrator of each. */
  async bootstrap(...accounts: readonly string[]): Promise<void> {
    const caller = `arn:aws:iam::${this.organization.accountId("management")}:role/${ADMINISTRATOR}`;
    await this.project.succeed("bootstrap", "--caller", caller, "--account", ...accounts);
    await each(accounts, async (account) => {
      const folder = join("bootstrap", "accounts", account);
      const id = this.project.read().map.accounts.get(account)?.id ?? "";
      const [given = ""] = GIVEN_ROLES;
      const variable = `bootstrap_role_arn=arn:aws:iam::${id}:role/${given}`;
      await this.#succeed(folder, "init");
      await this.#succeed(folder, "apply", "-auto-approve", "-var", variable);
      const second = await this.terraform(folder, "plan", "-detailed-exitcode", "-var", variable);
      if (second.code !== NO_CHANGES) throw new Error(`bootstrap of ${account}: ${second.output}`);
    });
  }

  /** Runs Terraform in a folder of the project, which the environment sends to the gate. */
  terraform(folder: string, command: string, ...args: readonly string[]): Promise<Outcome> {
    return this.project.run(this.provider.binary, [command, "-input=false", "-no-color", ...args], {
      folder,
      environment: { ...this.provider.environment, AWS_ENDPOINT_URL: this.gateUrl },
    });
  }

  /** Synthesizes, and plans every stack whose text is another than when it was last planned; tells the plans. */
  async plan(settings: PlanSettings = {}): Promise<ReadonlyMap<string, RealPlan>> {
    await this.project.succeed("synth");
    const stacks = [...this.project.stacks()].map(
      ([stack, folder]) => [stack, readFileSync(join(folder, "cdk.tf.json"), "utf8")] as const,
    );
    const importing = (stack: string): boolean =>
      existsSync(join(this.project.folder, stackFolder(stack), "imports.tf"));
    const changed = stacks.filter(
      ([stack, text]) => this.#planned.get(stack) !== text || importing(stack),
    );
    const plans = await this.planAgain(
      changed.map(([stack]) => stack),
      settings,
    );
    this.#planned = new Map(stacks);
    return plans;
  }

  /** Plans stacks as they are. */
  async planAgain(
    stacks: readonly string[],
    { role }: PlanSettings = {},
  ): Promise<ReadonlyMap<string, RealPlan>> {
    mkdirSync(join(this.project.folder, "plans"), { recursive: true });
    const plans = await each(stacks, async (stack) => {
      const folder = stackFolder(stack);
      if (!existsSync(join(this.project.folder, folder, ".terraform"))) {
        await this.#succeed(folder, "init");
      }
      const changes = await this.#changes(stack, "-out=plan", ...this.roleArguments(stack, role));
      const shown = await this.project.run(this.provider.binary, ["show", "-json", "plan"], {
        folder,
        environment: this.provider.environment,
      });
      const file = join("plans", `${stack}.json`);
      writeFileSync(join(this.project.folder, file), successOf(shown, `show of ${stack}`));
      return [stack, readPlan(join(this.project.folder, file), changes)] as const;
    });
    return new Map(plans);
  }

  /** Stacks in which Terraform would change something now. */
  async restless(stacks: readonly string[]): Promise<string[]> {
    const changing = await each(stacks, (stack) => this.#changes(stack));
    return stacks.filter((_stack, index) => changing[index]);
  }

  async #changes(stack: string, ...args: readonly string[]): Promise<boolean> {
    const { code, output } = await this.terraform(
      ...[stackFolder(stack), "plan", "-detailed-exitcode"],
      ...args,
    );
    if (code !== NO_CHANGES && code !== CHANGES) throw new Error(`plan of ${stack}: ${output}`);
    return code === CHANGES;
  }

  /**
   * Applies the plans that change something, and counts what they do. With a role, where they were planned with
   * one: Terraform wants an ephemeral variable again that was set for the plan, and takes another value.
   */
  async apply(plans: ReadonlyMap<string, RealPlan>, { role }: PlanSettings = {}): Promise<void> {
    const changing = [...plans].filter(([, { changes }]) => changes);
    await each(changing, async ([stack, plan]) => {
      const folder = stackFolder(stack);
      await this.#succeed(folder, "apply", ...this.roleArguments(stack, role), "plan");
      countChanges(this.counts, plan);
    });
  }

  /** Proves the access that there is after the last plans of all stacks. */
  prove(): Promise<Outcome> {
    return this.#ofPlans("prove", [...this.project.stacks().keys()]);
  }

  /** Reviews the last plans of some stacks. */
  async review(stacks: readonly string[]): Promise<ReviewOfPlans> {
    const { output } = await this.#ofPlans("review", stacks, "--format", "json");
    return JSON.parse(output) as ReviewOfPlans;
  }

  #ofPlans(command: string, stacks: readonly string[], ...args: string[]): Promise<Outcome> {
    const files = stacks.map((stack) => join("plans", `${stack}.json`));
    return this.project.trustwheel(command, "--plan", ...files, ...args);
  }

  /** Arguments by which Terraform assumes another role in the account of a stack. */
  roleArguments(stack: string, role: string | undefined): string[] {
    const { id, deploymentRole } = this.project.read().map.accounts.get(stack) ?? {};
    if (id === undefined || role === undefined || deploymentRole === undefined) return [];
    return ["-var", `deployment_role_arn=arn:aws:iam::${id}:role/${role}`];
  }

  async #succeed(folder: string, command: string, ...args: readonly string[]): Promise<void> {
    const outcome = await this.terraform(folder, command, ...args);
    successOf(outcome, `${this.provider.tool}: ${command} in ${folder}`);
  }

  /** Callers that others made: a role of a service, and a person's user. */
  async #makeCallers(): Promise<void> {
    const iam = await this.accounts.iam(this.organization.accountId("shared"));
    const Principal = { Service: "ecs-tasks.amazonaws.com" };
    const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
    await iam.send(
      new CreateRoleCommand({
        RoleName: "runner",
        Path: "/services/",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
  }
}

/** Where a stack is, from the top of the project. */
export function stackFolder(stack: string): string {
  return join("cdktf.out", "stacks", stack);
}

/** Does something with each item, some at a time, and tells the results in the order of the items. */
async function each<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return results;
}
