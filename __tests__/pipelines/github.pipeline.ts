import { AttachRolePolicyCommand, DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import {
  DEPLOYER,
  digestsAsked,
  logOf,
  outcomes,
  PlayedGithub,
  results,
  REVIEWER,
} from "../support/pipeline-player/played-github";
import type { WorkflowRun } from "../support/pipeline-player/forge/forge-model";
import { PEOPLE, playedMap } from "../support/pipeline-player/played-map";
import { edit } from "../support/pipeline-player/played-organization";
import { providerOnHand } from "../support/terraform/provider-on-hand";

const SUITE = "workflows of GitHub, played with Terraform and an emulated AWS";
const provider = providerOnHand(SUITE);
const emulator = hasMoto();
if (!emulator) warnOfMissingMoto(SUITE);

const GATE = "trustwheel-gate.yaml";
const APPLY = "trustwheel-apply.yaml";
const DRIFT = "trustwheel-drift.yaml";
const REVIEW = "trustwheel-review.yaml";
const SHOP = "222222222222";
const BANK = "333333333333";
const TOOLS = "111111111111";

const deploymentRole = (account: string): string =>
  `arn:aws:iam::${account}:role/trustwheel-deployment`;

jest.setTimeout(15 * 60_000);

(provider !== undefined && emulator ? describe : describe.skip)(SUITE, () => {
  let played: PlayedGithub;

  beforeAll(async () => {
    if (provider === undefined) return;
    const map = playedMap("githubActions: { repository: example-org/platform }");
    played = await PlayedGithub.start(map, provider);
    await played.organization.applyByHand("tools");
  });

  afterAll(() => played.end());

  /** How a run ended, and its stacks; what it printed is shown where that is not what was expected. */
  function expectRun(run: WorkflowRun, conclusion: string, stacks: Record<string, string>): void {
    const ended = { conclusion: run.conclusion, stacks: outcomes(run) };
    const wanted = { conclusion, stacks };
    if (JSON.stringify(ended) !== JSON.stringify(wanted)) process.stderr.write(logOf(run));
    expect(ended).toEqual(wanted);
  }

  function lastStatus(head: string): string {
    const status = played.forge.statuses.findLast(({ sha }) => sha === head);
    return `${String(status?.state)}: ${String(status?.description)}`;
  }

  test("the first push plans every stack, and applies what a person approves by its digest", async () => {
    const { forge, player } = played;
    forge.push(forge.commit(() => undefined, "first"));
    await player.idle();
    const first = player.lastRun(APPLY);
    expectRun(first, "failure", {
      shop: "differs from what was approved",
      tools: "unchanged",
    });
    expect(logOf(first)).toContain("nobody approved a review of this stack");
    const digests = digestsAsked(first);
    expect(digests).toHaveLength(1);
    forge.dispatch("admin", APPLY, { approved: digests.join(" ") });
    await player.idle();
    expectRun(player.lastRun(APPLY), "success", {
      shop: "applied",
      tools: "unchanged",
    });
  });

  test("a pull request is reviewed, approved by a reviewer, planned and may be merged", async () => {
    const { forge, player, organization } = played;
    const writesBefore = organization.front.writes.length;
    const pull = played.propose("alice", PEOPLE);
    await player.idle();
    expect(results(player.lastRun(REVIEW))).toEqual({ head: "success" });
    const gate = player.lastRun(GATE);
    expect(results(gate)).toEqual({
      begin: "success",
      judge: "success",
      // The plan role is allowed to work in a new account once that is deployed.
      "plan-1 / plan bank": "failure",
      "plan-1 / plan shop": "success",
      "plan-1 / plan tools": "success",
      table: "success",
      comment: "success",
      "approval of anybody": "success",
      gate: "success",
    });
    expect(outcomes(gate)).toEqual({ bank: "not planned", shop: "changes", tools: "changes" });
    expect(gate.approvals).toEqual([
      { environment: "trustwheel-approval-anybody", state: "approved", user: REVIEWER },
    ]);
    expect(lastStatus(pull.head)).toBe("success: passes: every required team approved");
    const comments = forge.comments.filter(({ issue }) => issue === pull.number);
    expect(comments.map(({ user }) => user)).toEqual(["github-actions[bot]"]);
    expect(comments[0]?.body).toContain("auditor");
    // The lock file pins the provider in plans, too.
    const log = logOf(gate);
    expect(
      log.match(/Reusing previous version of hashicorp\/aws from the dependency lock file/g),
    ).toHaveLength(3);
    // Plans only read, be it IAM or states.
    expect(organization.front.writes.slice(writesBefore)).toEqual([]);
    expect(organization.gate.refused()).toEqual([]);
    expect(organization.front.refused.at(-1)).toContain(
      "333333333333:role/trustwheel-account-plan",
    );
    forge.merge(pull, "alice");
  });

  test("stacks of later waves wait for an account that failed, and applied ones are not planned again", async () => {
    const { player, organization } = played;
    const { front } = organization;
    front.closed.add(deploymentRole(TOOLS));
    await player.idle();
    const run = player.lastRun(APPLY);
    expectRun(run, "failure", { bank: "not planned", shop: "held back", tools: "not planned" });
    front.closed.clear();
    front.closed.add(deploymentRole(BANK));
    await player.rerunFailed(run);
    expectRun(run, "failure", { bank: "not planned", shop: "applied", tools: "applied" });
    front.closed.clear();
    await player.rerunFailed(run);
    // Nobody could plan the new account before: its first plan is approved by its digest.
    expectRun(run, "failure", {
      ...{ bank: "differs from what was approved", shop: "applied", tools: "applied" },
    });
    const attempts = [...run.jobs.values()].map(({ name, attempt }) => [name, attempt]);
    expect(Object.fromEntries(attempts)).toMatchObject({
      affected: 1,
      "wave-1 / apply tools": 2,
      "wave-2 / apply shop": 2,
      "wave-2 / apply bank": 3,
      table: 3,
    });
    const approved = digestsAsked(run).join(" ");
    played.forge.dispatch("admin", APPLY, { approved });
    await player.idle();
    expectRun(player.lastRun(APPLY), "success", {
      ...{ bank: "applied", shop: "unchanged", tools: "unchanged" },
    });
    expect(run.approvals.map(({ user }) => user)).toEqual(
      Array(run.approvals.length).fill(DEPLOYER),
    );
  });

  test("the night reports what somebody changed by hand, once, and that it is gone", async () => {
    const { forge, player, organization } = played;
    const iam = await organization.accounts.iam(SHOP);
    const change = {
      RoleName: "reader",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    };
    await iam.send(new AttachRolePolicyCommand(change));
    forge.schedule();
    await player.idle();
    const wanted = { shop: "changes", bank: "unchanged", tools: "unchanged" };
    expectRun(player.lastRun(DRIFT), "success", wanted);
    expect(forge.issues.map(({ title, state }) => [title, state])).toEqual([
      ["Accounts differ from the map", "open"],
    ]);
    expect(forge.issues[0]?.body).toContain("| shop | 222222222222 | changes |");
    await iam.send(new DetachRolePolicyCommand(change));
    forge.schedule();
    await player.idle();
    expectRun(player.lastRun(DRIFT), "success", {
      bank: "unchanged",
      shop: "unchanged",
      tools: "unchanged",
    });
    expect(forge.issues.map(({ state }) => state)).toEqual(["closed"]);
  });

  const TAKES_CREDENTIALS: readonly (readonly [from: string, to: string])[] = [
    ["permissions:\n  contents: read\n", "permissions:\n  contents: read\n  id-token: write\n"],
    [
      "    steps:\n",
      `    steps:
      - uses: aws-actions/configure-aws-credentials@b47578312673ae6fa5b5096b330d9fbac3d116df
        with:
          role-to-assume: arn:aws:iam::111111111111:role/access/trustwheel-plan
          aws-region: eu-central-1
          role-session-name: mine
`,
    ],
  ];

  test("a fork gets a verdict, and neither secrets nor credentials nor a plan", async () => {
    const { forge, player, organization } = played;
    const refused = organization.front.refused.length;
    const commit = forge.commit((folder) => {
      edit(folder, "accounts.yaml", "job-function/ViewOnlyAccess", "ReadOnlyAccess");
      for (const [from, to] of TAKES_CREDENTIALS) {
        edit(folder, `.github/workflows/${REVIEW}`, from, to);
      }
    }, "of a fork");
    const pull = forge.open("mallory", "evil", commit, "mallory/platform");
    await player.idle();
    const review = player.lastRun(REVIEW);
    expect(results(review)).toEqual({ head: "failure" });
    expect(logOf(review)).toContain("Credentials could not be loaded");
    const gate = player.lastRun(GATE);
    expect(results(gate)).toMatchObject({
      judge: "success",
      "plan-1": "skipped",
      table: "skipped",
      comment: "success",
    });
    expect(forge.comments.filter(({ issue }) => issue === pull.number)).toHaveLength(1);
    expect(organization.front.refused).toHaveLength(refused);
    pull.state = "closed";
  });

  test("a branch whose workflow asks for credentials gets none: no role trusts a pull request", async () => {
    const { forge, player, organization } = played;
    const commit = forge.commit((folder) => {
      for (const [from, to] of TAKES_CREDENTIALS) {
        edit(folder, `.github/workflows/${REVIEW}`, from, to);
      }
    }, "of a branch");
    const pull = forge.open("alice", "takes-credentials", commit);
    await player.idle();
    expect(results(player.lastRun(REVIEW))).toEqual({ head: "failure" });
    expect(organization.front.refused.at(-1)).toContain("role/access/trustwheel-plan: denied");
    pull.state = "closed";
  });

  test("merges that meet: one is dropped and deployed with the next, and what differs asks for its digest", async () => {
    const { forge, player } = played;
    const usual = player.approver;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    player.approver = async (request) => {
      if (request.environment === "production") await released;
      return await usual(request);
    };
    const merge = async (author: string, edits: typeof PEOPLE): Promise<void> => {
      const pull = played.propose(author, edits);
      await played.until(() => lastStatus(pull.head).startsWith("success"));
      await played.until(() => player.lastRun(GATE).conclusion !== null);
      forge.merge(pull, author);
      await played.until(() => player.lastRun(APPLY).event.sha === forge.head);
    };
    await merge("anna", [["job-function/ViewOnlyAccess]", "job-function/SupportUser]"]]);
    const first = player.lastRun(APPLY);
    await merge("bert", [["[SecurityAudit]", "[ReadOnlyAccess]"]]);
    const second = player.lastRun(APPLY);
    await merge("cleo", [
      ["job-function/SupportUser]", "job-function/SupportUser, job-function/Billing]"],
    ]);
    const third = player.lastRun(APPLY);
    release();
    await player.idle();
    expectRun(first, "success", { shop: "applied" });
    expect(second.conclusion).toBe("cancelled");
    // What bert changed in the bank was approved as it is; in the shop the others' changes were still to come.
    expectRun(third, "failure", {
      bank: "applied",
      shop: "differs from what was approved",
    });
    expect(logOf(third)).toContain("the plan differs from what was approved");
    forge.dispatch("admin", APPLY, { approved: digestsAsked(third).join(" ") });
    await player.idle();
    expectRun(player.lastRun(APPLY), "success", { shop: "applied", bank: "unchanged" });
  });
});
