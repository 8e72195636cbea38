import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { FoundProvider } from "../terraform/find-provider";
import { Forge } from "./forge/forge";
import { ForgeServer } from "./forge/forge-server";
import type { PullRequest, WorkflowRun } from "./forge/forge-model";
import { edited, PEOPLE } from "./played-map";
import { edit, PlayedOrganization, REPOSITORY } from "./played-organization";
import { Player } from "./player";
import { Slots } from "./runner/machine";

/** Who approves deployments, and who approves changes of access. */
export const DEPLOYER = "carol";
export const REVIEWER = "dave";

/** A repository on GitHub whose settings are those that docs/pipelines.md asks for, and its organization on AWS. */
export class PlayedGithub {
  private constructor(
    readonly forge: Forge,
    readonly player: Player,
    readonly organization: PlayedOrganization,
    private readonly server: ForgeServer,
  ) {}

  static async start(map: string, provider: FoundProvider): Promise<PlayedGithub> {
    const forge = new Forge(REPOSITORY);
    const { folder, desk: project } = forge;
    const organization = await PlayedOrganization.start({
      ...{ map, later: edited(map, PEOPLE), provider, folder, project },
    });
    organization.trustwheel(project, "ci", "github");
    const server = new ForgeServer(forge);
    await server.start();
    const player = new Player(server, {
      ...{ folder: join(folder, "machine"), programs: [], slots: new Slots(2) },
      ...{ env: organization.environment, prepare: organization.prepare },
    });
    forge.variables.TRUSTWHEEL_APP_ID = "4711";
    const branches = ["main"];
    const secrets = { TRUSTWHEEL_APP_KEY: "key" };
    forge.environments.set("trustwheel-gate", { reviewers: [], branches, secrets });
    forge.environments.set("production", { reviewers: [DEPLOYER], branches, secrets: {} });
    forge.environments.set("trustwheel-approval-anybody", {
      ...{ reviewers: [REVIEWER], branches, secrets: {} },
    });
    player.approver = ({ environment }) =>
      Promise.resolve({
        state: "approved",
        user: environment === "production" ? DEPLOYER : REVIEWER,
      });
    return new PlayedGithub(forge, player, organization, server);
  }

  /** Opens a pull request that edits the map. */
  propose(
    author: string,
    edits: readonly (readonly [from: string, to: string])[],
    fork?: string,
  ): PullRequest {
    const commit = this.forge.commit((folder) => {
      for (const [from, to] of edits) edit(folder, "accounts.yaml", from, to);
    }, `change of ${author}`);
    return this.forge.open(author, `change-${author}`, commit, fork);
  }

  /** Waits until something is so, while workflows run. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      this.player.refuseProblems();
      await setTimeout(50);
    }
  }

  async end(): Promise<void> {
    await this.player.idle().catch(() => undefined);
    await this.server.stop();
    await this.organization.end();
    this.forge.remove();
  }
}

/** Results of the jobs of a run, by name. */
export function results(run: WorkflowRun): Record<string, string> {
  return Object.fromEntries([...run.jobs.values()].map(({ name, result }) => [name, result]));
}

/** The table at the end of a run: outcomes of its stacks, by name. */
export function outcomes({ summary }: WorkflowRun): Record<string, string> {
  return Object.fromEntries(
    [...summary.matchAll(/^\| ([\w-]+) \| \d{12} \| (.*) \|$/gm)].map(([, stack, outcome]) => [
      stack,
      outcome,
    ]),
  ) as Record<string, string>;
}

/** The digests that a run asks to approve. */
export function digestsAsked(run: WorkflowRun): string[] {
  return [...logOf(run).matchAll(/approve this digest: ([0-9a-f]{64})/g)].map(
    ([, digest = ""]) => digest,
  );
}

/** What the steps of a run printed, job by job: to be read where a test fails. */
export function logOf(run: WorkflowRun): string {
  return [...run.jobs.values()]
    .map(({ name, result, log }) => `== ${name}: ${result}\n${log}`)
    .join("\n");
}
