import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { textOf } from "../workflow/expression";
import type { Json } from "../workflow/expression";
import type { Forge } from "./forge";
import type { Issue, TokenHolder } from "./forge-model";
import { answerRest, permits } from "./rest";

/** A call of GitHub's command line, as its stand-in hands it on. */
export interface GhCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly token: string;
}

/** What the command line prints, and how it ends. */
export interface GhEnd {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

class GhError extends Error {
  constructor(
    message: string,
    readonly stdout = "",
  ) {
    super(message);
  }
}

/** Runs a command of GitHub's command line. One that is not played is remembered, and fails. */
export function runGh(forge: Forge, { args, cwd, token }: GhCall): GhEnd {
  const holder = forge.holderOf(token);
  try {
    if (token === "") throw new GhError("To use GitHub CLI in a workflow, set GH_TOKEN");
    const options = new Options(args, cwd);
    const command = COMMANDS[options.command];
    if (command === undefined) throw new Error(`gh ${options.command} is not played`);
    const printed = command(forge, holder, options);
    options.refuseUnused();
    return { code: 0, stdout: Buffer.from(printed), stderr: "" };
  } catch (error) {
    if (error instanceof GhError) {
      return { code: 1, stdout: Buffer.from(error.stdout), stderr: `gh: ${error.message}\n` };
    }
    forge.unknownCalls.push(`gh ${args.join(" ")}: ${String(error)}`);
    return { code: 64, stdout: Buffer.from(""), stderr: `${String(error)}\n` };
  }
}

type Command = (forge: Forge, holder: TokenHolder, options: Options) => Buffer | string;

const COMMANDS: Readonly<Record<string, Command>> = {
  api: callApi,
  "run download": downloadArtifact,
  "issue list": (forge, holder, options) => {
    permitted(forge, holder, options, "issues", "read");
    const label = options.text("--label");
    const state = options.text("--state");
    if (options.text("--json") !== "number") throw new Error("only number is played");
    const found = forge.issues
      .filter((issue) => issue.state === state && issue.labels.includes(label))
      .map(({ number }) => ({ number }));
    return jq(options.text("--jq"), JSON.stringify(found.reverse()));
  },
  "issue create": (forge, holder, options) => {
    permitted(forge, holder, options, "issues", "write");
    const label = options.text("--label");
    if (!forge.labels.has(label)) throw new GhError(`could not add label: '${label}' not found`);
    const issue: Issue = {
      ...{ number: forge.id(), title: options.text("--title"), labels: [label], state: "open" },
      ...{ body: options.file(options.text("--body-file")), comments: [] },
    };
    forge.issues.push(issue);
    return `https://github.example/${forge.name}/issues/${issue.number}\n`;
  },
  "issue edit": (forge, holder, options) => {
    permitted(forge, holder, options, "issues", "write");
    issueOf(forge, options).body = options.file(options.text("--body-file"));
    return "";
  },
  "issue close": (forge, holder, options) => {
    permitted(forge, holder, options, "issues", "write");
    const issue = issueOf(forge, options);
    issue.comments.push(options.text("--comment"));
    issue.state = "closed";
    return "";
  },
  "label create": (forge, holder, options) => {
    permitted(forge, holder, options, "issues", "write");
    const [label = ""] = options.positional();
    if (forge.labels.has(label) && !options.flag("--force")) {
      throw new GhError(`label with name "${label}" already exists`);
    }
    options.flag("--force");
    forge.labels.add(label);
    return "";
  },
};

function callApi(forge: Forge, holder: TokenHolder, options: Options): Buffer | string {
  const fields = { ...options.fields("-f", false), ...options.fields("--field", true) };
  const method = options.optional("--method") ?? (Object.keys(fields).length > 0 ? "POST" : "GET");
  const filter = options.optional("--jq");
  const isSilent = options.flag("--silent");
  const paginates = options.flag("--paginate");
  const [target = ""] = options.positional();
  const url = new URL(target, "http://api.example/");
  const prefix = `/repos/${forge.name}/`;
  if (!url.pathname.startsWith(prefix)) throw new Error(`${target} is not played`);
  if (method === "GET") {
    for (const [key, value] of Object.entries(fields)) url.searchParams.set(key, textOf(value));
  }
  const answer = answerRest(forge, {
    ...{ method, path: url.pathname.slice(prefix.length), query: url.searchParams, holder },
    body: method === "GET" ? {} : fields,
  });
  if (answer.kind === "error") {
    throw new GhError(
      `${answer.message} (HTTP ${answer.status})`,
      isSilent ? "" : JSON.stringify({ message: answer.message }),
    );
  }
  if (isSilent) return "";
  if (answer.kind === "file") return answer.bytes;
  const print = (value: Json): string =>
    filter === undefined ? JSON.stringify(value) : jq(filter, JSON.stringify(value));
  if (answer.kind === "value") return print(answer.value);
  const size = Math.min(100, Number(url.searchParams.get("per_page") ?? 30));
  const pages = Math.max(1, Math.ceil(answer.list.length / size));
  return Array.from({ length: paginates ? pages : 1 }, (_, page) => {
    const list = answer.list.slice(page * size, (page + 1) * size);
    return print(answer.key === undefined ? list : { [answer.key]: list });
  }).join("");
}

function downloadArtifact(forge: Forge, holder: TokenHolder, options: Options): string {
  permitted(forge, holder, options, "actions", "read");
  const [run = ""] = options.positional();
  const name = options.text("--name");
  const folder = options.path(options.text("--dir"));
  const artifact = forge.artifacts.find(
    (each) => String(each.run) === run && each.name === name && !each.expired,
  );
  if (artifact === undefined) throw new GhError("no valid artifacts found to download");
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync("unzip", ["-n", "-q", artifact.file, "-d", folder], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return "";
}

function permitted(
  forge: Forge,
  holder: TokenHolder,
  options: Options,
  permission: string,
  level: "read" | "write",
): void {
  const repository = options.text("--repo");
  if (repository !== forge.name) throw new Error(`${repository} is not played`);
  if (!permits(holder, permission, level)) {
    throw new GhError("Resource not accessible by integration (HTTP 403)");
  }
}

function issueOf({ issues }: Forge, options: Options): Issue {
  const [number] = options.positional();
  const issue = issues.find((each) => String(each.number) === number);
  if (issue === undefined) throw new GhError(`Could not resolve to an Issue with the number`);
  return issue;
}

function jq(filter: string, input: string): string {
  const { status, stdout, stderr } = spawnSync("jq", ["-r", filter], { input, encoding: "utf8" });
  if (status !== 0) throw new GhError(stderr);
  return stdout;
}

const FLAGS: ReadonlySet<string> = new Set(["--paginate", "--silent", "--force"]);

/** The options of a call; what no command takes is an exception. */
class Options {
  readonly command: string;
  readonly #named: [name: string, value: string][] = [];
  #positional: string[] = [];

  constructor(
    args: readonly string[],
    readonly cwd: string,
  ) {
    const [first = "", second = ""] = args;
    this.command = first === "api" ? first : `${first} ${second}`;
    const rest = args.slice(first === "api" ? 1 : 2);
    for (let index = 0; index < rest.length; index += 1) {
      const each = rest[index] ?? "";
      if (!each.startsWith("-")) this.#positional.push(each);
      else if (FLAGS.has(each)) this.#named.push([each, ""]);
      else {
        index += 1;
        this.#named.push([each, rest[index] ?? ""]);
      }
    }
  }

  optional(name: string): string | undefined {
    const index = this.#named.findIndex(([each]) => each === name);
    return index < 0 ? undefined : this.#named.splice(index, 1)[0]?.[1];
  }

  text(name: string): string {
    const found = this.optional(name);
    if (found === undefined) throw new Error(`gh ${this.command} without ${name} is not played`);
    return found;
  }

  flag(name: string): boolean {
    return this.optional(name) !== undefined;
  }

  positional(): readonly string[] {
    const found = this.#positional;
    this.#positional = [];
    return found;
  }

  /** Fields of a request: `--field` reads files, numbers and booleans, `-f` takes texts as they are. */
  fields(name: string, isTyped: boolean): Record<string, Json> {
    const fields: Record<string, Json> = {};
    for (let text = this.optional(name); text !== undefined; text = this.optional(name)) {
      const [key = "", value = ""] = text.split(/=(.*)/s);
      if (!isTyped) fields[key] = value;
      else if (value.startsWith("@")) fields[key] = this.file(value.slice(1));
      else if (/^(?:true|false|null|\d+)$/.test(value)) fields[key] = JSON.parse(value) as Json;
      else fields[key] = value;
    }
    return fields;
  }

  path(name: string): string {
    return resolve(this.cwd, name);
  }

  file(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  refuseUnused(): void {
    const left = [...this.#named.map(([name]) => name), ...this.#positional];
    if (left.length > 0) throw new Error(`gh ${this.command} ${left.join(" ")} is not played`);
  }
}
