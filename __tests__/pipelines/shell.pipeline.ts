import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import { PlayedShell } from "../support/pipeline-player/played-shell";
import { edit } from "../support/pipeline-player/played-organization";
import { providerOnHand } from "../support/terraform/provider-on-hand";

const SUITE = "the shell of GitLab and Atlantis, played with Terraform and an emulated AWS";
const provider = providerOnHand(SUITE);
const emulator = hasMoto();
if (!emulator) warnOfMissingMoto(SUITE);

jest.setTimeout(15 * 60_000);
const canPlay = provider !== undefined && emulator;
const ZEROS = "0".repeat(40);

(canPlay ? describe : describe.skip)(SUITE, () => {
  let played: PlayedShell;

  afterEach(() => played.end());

  test("GitLab: a pipeline that a person starts reviews every stack and applies what was reviewed", async () => {
    if (provider === undefined) return;
    const pipeline = 'gitlab: { project: example-org/platform, provider: gitlab, projectId: "1" }';
    const providers = 'identityProviders:\n  gitlab: { oidc: { url: "https://gitlab.com" } }\n\n';
    played = await PlayedShell.start(pipeline, "gitlab", provider, providers);
    const { organization, forge } = played;
    await organization.applyByHand("tools");
    const commit = forge.commit(() => undefined, "first");
    forge.push(commit);
    type Jobs = Readonly<Record<string, { script: string[]; variables: Record<string, string> }>>;
    const jobs = (name: string): Jobs => parse(forge.file(commit, `.gitlab/${name}`) ?? "") as Jobs;
    const parent = jobs("trustwheel.yml");
    const stacks = jobs("trustwheel-stacks.yml");

    /** A job in a clone of its own; `$CI_...` in variables is written out, as the runner does. */
    let clones = 0;
    const clone = async (): Promise<string> => {
      clones += 1;
      const around = join(played.folder, `job-${clones}`);
      const folder = join(around, "work");
      await played.run(around, `git clone --quiet "${forge.repository.folder}" work`, {});
      organization.prepare(around);
      await played.run(folder, "npm ci --ignore-scripts --no-audit --no-fund && npm run synth", {});
      return folder;
    };
    const first = await clone();
    const started = { MODE: "apply", BASE: ZEROS, CI_COMMIT_BRANCH: "main" };
    await played.run(first, (parent["trustwheel stacks"]?.script ?? []).join("\n"), started);
    const child = JSON.parse(readFileSync(join(first, "trustwheel-child.json"), "utf8")) as Jobs;
    expect(Object.keys(child)).toEqual(expect.arrayContaining(["review shop", "apply shop"]));

    const work = await clone();
    const job = async (name: string, template: string): Promise<void> => {
      const written = Object.entries({
        ...stacks[template]?.variables,
        ...child[name]?.variables,
      }).map(([key, value]) => [
        key,
        value.replaceAll("$CI_PROJECT_DIR", work).replaceAll("$CI_PIPELINE_ID", "7"),
      ]);
      const variables = Object.fromEntries(written) as Record<string, string>;
      const stack = variables.STACK ?? "";
      const env = Object.fromEntries(
        Object.entries(variables).map(([key, value]) => [key, value.replaceAll("$STACK", stack)]),
      );
      writeFileSync(env.AWS_WEB_IDENTITY_TOKEN_FILE ?? "", token);
      await played.run(work, (stacks[template]?.script ?? []).join("\n"), env);
    };
    const claims = {
      iss: "https://gitlab.com",
      aud: "sts.amazonaws.com",
      sub: "project_path:example-org/platform:ref_type:branch:ref:main",
      project_id: "1",
    };
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
    await job("review shop", ".trustwheel-review");
    expect(
      organization.front.writes.filter(({ role }) => role === "trustwheel-account-plan"),
    ).toEqual([]);
    await job("apply shop", ".trustwheel-apply");
    const result = JSON.parse(readFileSync(join(work, "results", "shop.json"), "utf8")) as unknown;
    expect(result).toMatchObject({ stack: "shop", outcome: "applied" });
    expect(organization.gate.refused()).toEqual([]);
  });

  test("Atlantis: the hook writes what the gate read, the server plans and applies it, and nothing else", async () => {
    if (provider === undefined) return;
    const pipeline = "atlantis: { repository: github.com/example-org/platform, role: atlantis }";
    played = await PlayedShell.start(pipeline, "atlantis", provider);
    const { organization, forge } = played;
    // The server has a role of its own, which the map names.
    const iam = await organization.accounts.iam("111111111111");
    const Principal = { Service: "ec2.amazonaws.com" };
    const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new CreateRoleCommand({ RoleName: "atlantis", AssumeRolePolicyDocument }));
    await organization.applyByHand("tools");
    forge.push(forge.commit(() => undefined, "first"));
    const head = forge.commit((folder) => {
      edit(folder, "accounts.yaml", "job-function/ViewOnlyAccess", "ReadOnlyAccess");
    }, "change");
    forge.open("alice", "change", head);
    interface Step {
      readonly run?: string;
      readonly multienv?: string;
    }
    interface Server {
      readonly repos: readonly {
        readonly pre_workflow_hooks: readonly { readonly run: string }[];
      }[];
      readonly workflows: Readonly<Record<string, Record<"plan" | "apply", { steps: Step[] }>>>;
    }
    const file = join(organization.settings.project, ".atlantis", "repos.yaml");
    const server = parse(readFileSync(file, "utf8")) as Server;
    const dir = join(played.folder, "clone");
    await played.run(played.folder, `git clone --quiet "${forge.repository.folder}" clone`, {});
    await played.run(dir, `git fetch --quiet origin ${head} && git checkout --quiet ${head}`, {});
    organization.prepare(played.folder);
    const keys = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };
    const env = {
      ...{ DIR: dir, HEAD_COMMIT: head, PULL_NUM: "1", AWS_REGION: "eu-central-1", ...keys },
      ...{
        PLANFILE: join(played.folder, "shop.tfplan"),
        SHOWFILE: join(played.folder, "shop.json"),
      },
    };
    await played.run(dir, server.repos[0]?.pre_workflow_hooks[0]?.run ?? "", env);
    const projects = parse(readFileSync(join(dir, "atlantis.yaml"), "utf8")) as {
      readonly projects: readonly { readonly name: string; readonly dir: string }[];
    };
    expect(projects.projects.map(({ name }) => name)).toEqual(["shop"]);
    const folder = join(dir, projects.projects[0]?.dir ?? "");
    const play = async (command: "plan" | "apply", code = 0): Promise<string> => {
      let own: Record<string, string> = { ...env, COMMAND_NAME: command };
      let said = "";
      for (const { run, multienv } of server.workflows.trustwheel?.[command].steps ?? []) {
        if (multienv === undefined) {
          said += await played.run(folder, run ?? "", own, code);
          if (code !== 0) break;
          continue;
        }
        const printed = await played.run(folder, multienv, own);
        const pairs = printed.split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2));
        own = { ...own, ...(Object.fromEntries(pairs) as Record<string, string>) };
      }
      return said;
    };
    await play("plan");
    expect(
      organization.front.writes.filter(({ role }) => role === "trustwheel-account-plan"),
    ).toEqual([]);
    expect(await play("apply")).toMatch(/Apply complete! Resources: \d+ added/);
    writeFileSync(join(folder, "more.tf"), 'output "a" { value = 1 }\n');
    expect(await play("apply", 1)).toContain("is not what the gate read");
  });
});
