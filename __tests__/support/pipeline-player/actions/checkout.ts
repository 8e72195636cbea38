import { failed, SUCCEEDED } from "./stand-in";
import type { StandIn } from "./stand-in";

/** actions/checkout with the whole history, whose token does not stay. */
export const checkout: StandIn = async (inputs, job) => {
  const { server, run, token } = job.settings;
  const { event } = run;
  const ref = inputs.optional("ref");
  if (inputs.optional("fetch-depth") !== "0") throw new Error("checkout: only depth 0 is played");
  if (inputs.boolean("persist-credentials", true)) {
    throw new Error("checkout: credentials that stay are not played");
  }
  if (ref !== undefined && !/^[0-9a-f]{40}$/.test(ref)) {
    throw new Error(`checkout: only commits are played, not ${ref}`);
  }
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const auth = ["-c", `http.${server.url}/.extraheader=AUTHORIZATION: basic ${basic}`];
  const url = `${server.url}/${server.forge.name}`;
  const commit = ref ?? event.sha;
  const refs = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", `+${commit}`];
  const branch = /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const isOnBranch = ref === undefined && branch !== undefined;
  const place = isOnBranch ? ["-B", branch, commit] : ["--detach", commit];
  for (const args of [
    ["init", "--quiet", "."],
    ["remote", "add", "origin", url],
    [...auth, "fetch", "--quiet", "--prune", "--no-recurse-submodules", "origin", ...refs],
    ["checkout", "--quiet", "--force", ...place],
  ]) {
    const { code } = await job.program("git", args, { GIT_TERMINAL_PROMPT: "0" });
    if (code !== 0) return failed(job, `The process 'git' failed with exit code ${code}`);
  }
  return { ...SUCCEEDED, outputs: { commit, ref: event.ref } };
};
