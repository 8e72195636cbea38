import { readFileSync } from "node:fs";
import { textOf } from "../workflow/expression";
import type { Json } from "../workflow/expression";
import type { Forge } from "./forge";
import { BRANCH } from "./forge";
import type { Artifact, Level, TokenHolder, WorkflowRun } from "./forge-model";

/** A request of GitHub's REST API. */
export interface RestRequest {
  readonly method: string;
  /** Without the host, and below the repository: `pulls/1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, Json>>;
  readonly holder: TokenHolder;
}

/** What comes back: a list is what pages are made of, below a key or by itself. */
export type RestAnswer =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "list"; readonly list: readonly Json[]; readonly key?: string }
  | { readonly kind: "file"; readonly bytes: Buffer }
  | { readonly kind: "error"; readonly status: number; readonly message: string };

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** One of these is needed. */
  readonly needs: readonly (readonly [permission: string, level: Level])[];
  readonly answer: (forge: Forge, request: RestRequest, parts: readonly string[]) => RestAnswer;
}

const value = (json: Json): RestAnswer => ({ kind: "value", value: json });
const NOT_FOUND: RestAnswer = { kind: "error", status: 404, message: "Not Found" };

/** docs.github.com/rest/authentication/permissions-required-for-github-apps says which permission each needs. */
const ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^pulls$/,
    needs: [["pull-requests", "read"]],
    answer: ({ pulls, name }, { query }) => ({
      kind: "list",
      list: pulls
        .filter(({ state }) => state === query.get("state"))
        .filter(() => query.get("base") === BRANCH)
        .map((pull) => pullJson(pull, name)),
    }),
  },
  {
    method: "GET",
    path: /^pulls\/(\d+)$/,
    needs: [["pull-requests", "read"]],
    answer: ({ pulls, name }, _, [number]) => {
      const pull = pulls.find((each) => String(each.number) === number);
      return pull === undefined ? NOT_FOUND : value(pullJson(pull, name));
    },
  },
  {
    method: "GET",
    path: /^commits\/([0-9a-f]{40})\/pulls$/,
    needs: [["pull-requests", "read"]],
    answer: ({ pulls, name }, _, [sha]) => ({
      kind: "list",
      list: pulls
        .filter(({ mergeCommit, head }) => mergeCommit === sha || head === sha)
        .map((pull) => pullJson(pull, name)),
    }),
  },
  {
    method: "GET",
    path: /^git\/ref\/heads\/(.+)$/,
    needs: [["contents", "read"]],
    answer: ({ head }, _, [branch]) =>
      branch === BRANCH ? value({ object: { sha: head } }) : NOT_FOUND,
  },
  {
    method: "POST",
    path: /^statuses\/([0-9a-f]{40})$/,
    needs: [["statuses", "write"]],
    answer: ({ statuses }, { body, holder }, [sha = ""]) => {
      const { context, description } = body;
      const state = textOf(body.state ?? null);
      if (!["error", "failure", "pending", "success"].includes(state)) return invalid("state");
      if (typeof description !== "string" || description.length > 140)
        return invalid("description");
      if (typeof context !== "string") return invalid("context");
      statuses.push({ sha, context, state, description, creator: holder.login });
      return value({});
    },
  },
  {
    method: "GET",
    path: /^issues\/(\d+)\/comments$/,
    needs: [
      ["issues", "read"],
      ["pull-requests", "read"],
    ],
    answer: ({ comments }, _, [number]) => ({
      kind: "list",
      list: comments
        .filter(({ issue }) => String(issue) === number)
        .map(({ id, user, body }) => ({ id, user: { login: user }, body })),
    }),
  },
  {
    method: "POST",
    path: /^issues\/(\d+)\/comments$/,
    needs: [
      ["issues", "write"],
      ["pull-requests", "write"],
    ],
    answer: (forge, { body, holder }, [number]) => {
      const text = textOf(body.body ?? null);
      if (text.length > 65_536) return invalid("body is too long");
      forge.comments.push({
        id: forge.id(),
        issue: Number(number),
        user: holder.login,
        body: text,
      });
      return value({});
    },
  },
  {
    method: "PATCH",
    path: /^issues\/comments\/(\d+)$/,
    needs: [
      ["issues", "write"],
      ["pull-requests", "write"],
    ],
    answer: ({ comments }, { body }, [id]) => {
      const comment = comments.find((each) => String(each.id) === id);
      if (comment === undefined) return NOT_FOUND;
      comment.body = textOf(body.body ?? null);
      return value({});
    },
  },
  {
    method: "GET",
    path: /^environments\/(.+)$/,
    needs: [["actions", "read"]],
    answer: ({ environments }, _, [name = ""]) => {
      const environment = environments.get(decodeURIComponent(name));
      if (environment === undefined) return NOT_FOUND;
      const reviewers = environment.reviewers.map((login) => ({
        type: "User",
        reviewer: { login },
      }));
      const rules = reviewers.length === 0 ? [] : [{ type: "required_reviewers", reviewers }];
      return value({ name, protection_rules: rules });
    },
  },
  {
    method: "GET",
    path: /^actions\/artifacts$/,
    needs: [["actions", "read"]],
    answer: ({ artifacts }, { query }) => artifactList(artifacts, query),
  },
  {
    method: "GET",
    path: /^actions\/artifacts\/(\d+)\/zip$/,
    needs: [["actions", "read"]],
    answer: ({ artifacts }, _, [id]) => {
      const artifact = artifacts.find((each) => String(each.id) === id);
      if (artifact === undefined) return NOT_FOUND;
      if (artifact.expired) return { kind: "error", status: 410, message: "Artifact has expired" };
      return { kind: "file", bytes: readFileSync(artifact.file) };
    },
  },
  {
    method: "GET",
    path: /^actions\/workflows\/([^/]+)\/runs$/,
    needs: [["actions", "read"]],
    answer: ({ runs }, { query }, [file = ""]) => ({
      kind: "list",
      key: "workflow_runs",
      list: runs
        .filter(({ path }) => path.endsWith(`/${file}`))
        .filter(({ event }) => event.headBranch === (query.get("branch") ?? event.headBranch))
        .filter(({ conclusion }) => [String(conclusion), null].includes(query.get("status")))
        .map(runJson)
        .reverse(),
    }),
  },
  {
    method: "GET",
    path: /^actions\/runs\/(\d+)$/,
    needs: [["actions", "read"]],
    answer: (forge, _, [id]) => onRun(forge, id, (run) => value(runJson(run))),
  },
  {
    method: "GET",
    path: /^actions\/runs\/(\d+)\/artifacts$/,
    needs: [["actions", "read"]],
    answer: ({ artifacts }, { query }, [id]) =>
      artifactList(
        artifacts.filter(({ run }) => String(run) === id),
        query,
      ),
  },
  {
    method: "GET",
    path: /^actions\/runs\/(\d+)\/jobs$/,
    needs: [["actions", "read"]],
    answer: (forge, _, [id]) =>
      onRun(forge, id, ({ jobs }) => ({
        kind: "list",
        key: "jobs",
        list: [...jobs.values()].map(({ name, result }) => ({ name, conclusion: result })),
      })),
  },
  {
    method: "GET",
    path: /^actions\/runs\/(\d+)\/approvals$/,
    needs: [["actions", "read"]],
    answer: (forge, _, [id]) =>
      onRun(forge, id, ({ approvals }) => ({
        kind: "list",
        list: approvals.map(({ environment, state, user }) => ({
          ...{ state, user: { login: user }, environments: [{ name: environment }] },
        })),
      })),
  },
];

/** Answers a request as GitHub does: what a token can't do is refused. A route that is not there is an exception. */
export function answerRest(forge: Forge, request: RestRequest): RestAnswer {
  for (const { method, path, needs, answer } of ROUTES) {
    const parts = path.exec(request.path);
    if (method !== request.method || parts === null) continue;
    if (!needs.some(([permission, level]) => permits(request.holder, permission, level))) {
      return { kind: "error", status: 403, message: "Resource not accessible by integration" };
    }
    return answer(forge, request, parts.slice(1));
  }
  throw new Error(`${request.method} ${request.path} is not played`);
}

/** Whether a token can do something. */
export function permits({ permissions }: TokenHolder, permission: string, level: Level): boolean {
  const own = permissions[permission] ?? "none";
  return own === "write" || own === level;
}

function invalid(what: string): RestAnswer {
  return { kind: "error", status: 422, message: `Validation Failed: ${what}` };
}

function pullJson(pull: Forge["pulls"][number], repository: string): Json {
  const { number, author, head, branch, state, mergedAt } = pull;
  return {
    ...{ number, state, user: { login: author }, merged_at: mergedAt },
    head: { sha: head, ref: branch, repo: { full_name: pull.repository.name } },
    base: { ref: BRANCH, repo: { full_name: repository } },
  };
}

function runJson({ id, path, event, conclusion }: WorkflowRun): Json {
  return { id, path, event: event.name, head_sha: event.headSha, conclusion };
}

function artifactList(artifacts: readonly Artifact[], query: URLSearchParams): RestAnswer {
  return {
    kind: "list",
    key: "artifacts",
    list: artifacts
      .filter(({ name }) => name === (query.get("name") ?? name))
      .map(({ id, name, size, expired, run }) => ({
        ...{ id, name, size_in_bytes: size, expired, workflow_run: { id: run } },
      }))
      .reverse(),
  };
}

function onRun(
  { runs }: Forge,
  id: string | undefined,
  answer: (run: WorkflowRun) => RestAnswer,
): RestAnswer {
  const run = runs.find((each) => String(each.id) === id);
  return run === undefined ? NOT_FOUND : answer(run);
}
