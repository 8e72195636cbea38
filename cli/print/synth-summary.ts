import { createColors } from "picocolors";
import type {
  ResolvedAccess,
  AccountPlan,
  ChainPlan,
  EdgeStart,
} from "../../lib/plan/resolved-access";
import { policyText } from "../../lib/iam/policy-text";
import { policyDocument } from "../../lib/iam/policy-document";
import { describePrincipal } from "../../lib/plan/principal-description";
import { headroom } from "../../lib/plan/quota-use";
import { counted } from "../../lib/diagnostics/words";
import { headroomLines } from "./headroom-text";
import type { WrittenOutput } from "../project/output-folder";
import { projectCommands } from "../project/project-commands";
import type { Terminal } from "../system/terminal";
import { proofLine } from "../project/timed-proof";
import type { TimedProof } from "../project/timed-proof";

/** Lines of a list that are shown before it is cut. */
const LIST_LENGTH = 40;

/** Prints what a person wants to know after a synthesis. */
export function reportSynthesis(
  plan: ResolvedAccess,
  written: WrittenOutput,
  proof: TimedProof,
  outdir: string,
  terminal: Terminal,
): void {
  // CDKTF prints what its app prints, above the lists that scripts read from it.
  if (process.env.CDKTF_CONTEXT_JSON !== undefined) return;
  terminal.stdout(printSynthSummary(plan, written, proof, { outdir, color: terminal.color }));
}

/** What a person wants to know after a synthesis. */
function printSynthSummary(
  plan: ResolvedAccess,
  written: WrittenOutput,
  proof: TimedProof,
  options: { readonly outdir: string; readonly color: boolean },
): string {
  const { bold, dim } = createColors(options.color);
  const roles = plan.accounts.reduce((sum, account) => sum + account.roles.length, 0);
  const counts = [
    counted(plan.accounts.length, "account"),
    counted(roles, "role"),
    counted(plan.edges.length, "trust relationship"),
    counted(plan.chains.length, "chain"),
  ];
  const lines = [bold(counts.join(", ")), ""];
  const keyWidth = Math.max(...plan.accounts.map(({ account }) => account.key.length));
  lines.push(
    ...cut(
      plan.accounts.map((account) => {
        const { key, id } = account.account;
        return `  ${key.padEnd(keyWidth)}  ${dim(id)}  ${rolesOf(account)}`;
      }),
    ),
  );
  if (plan.chains.length > 0) {
    lines.push("", bold("Chains"), ...cut(plan.chains.map((chain) => `  ${chainLine(chain)}`)));
  }
  if (plan.handouts.length > 0) {
    lines.push("", bold("Permissions for their owners to add"));
    for (const { to, statement } of plan.handouts) {
      lines.push(`  ${to}`, `    ${policyText(policyDocument([statement]))}`);
    }
  }
  const rooms = headroomLines(headroom(plan), 3);
  if (rooms.length > 0) lines.push("", bold("Quota use, highest first"), ...rooms);
  const assumed = proof.proof.assumed.map((each) => `  assumed: ${each}`);
  lines.push("", bold("Proof"), `  ${proofLine(proof, options.color)}`, ...assumed);
  lines.push("", bold("Since the last run"), `  ${changes(written)}`);
  for (const name of written.kept) {
    lines.push(
      `  ${name} is not in the map, but ${options.outdir}/stacks/${name} has its state: move it, then rerun synth`,
    );
  }
  const first = written.added[0] ?? written.changed[0] ?? plan.accounts[0]?.account.key ?? "";
  const commands = projectCommands(".", options.outdir);
  const stack = `${options.outdir}/stacks/${first}`;
  const terraformPlan = [`terraform -chdir=${stack} init && terraform -chdir=${stack} plan`];
  lines.push(
    "",
    bold("Output"),
    `  ${options.outdir}/stacks/<account>/cdk.tf.json`,
    "",
    bold("Next"),
    ...new Set(
      [...commands.diff(first), ...commands.deploy(), ...terraformPlan].map((each) => `  ${each}`),
    ),
  );
  return `${lines.join("\n")}\n`;
}

function rolesOf({ roles, users, grants }: AccountPlan): string {
  const parts = [
    ...roles.map(({ kind, name }) => `${kind} ${name}`),
    ...users.map(({ name }) => `user ${name}`),
    ...grants
      .filter(({ created }) => !created)
      .map(({ kind, name }) => `policy for ${kind} ${name}`),
  ];
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function chainLine({ key, start, steps }: ChainPlan): string {
  const hops = steps.map((roles) => {
    const [first] = roles;
    const others = roles.length > 1 ? ` and ${roles.length - 1} more` : "";
    return first === undefined ? "nothing" : `${first.role.name} in ${first.account.key}${others}`;
  });
  return `${key}: ${[startOf(start, steps[0]?.[0]?.account), ...hops].join(" -> ")}`;
}

function startOf(start: EdgeStart, home: AccountPlan["account"] | undefined): string {
  if (start.kind === "role") return `${start.role.name} in ${start.account.key}`;
  return home === undefined ? "" : describePrincipal(start.wayIn.principal, home);
}

function changes({ added, changed, removed, unchanged }: WrittenOutput): string {
  if (added.length + changed.length + removed.length === 0) return "nothing changed";
  return [
    names(added, "new"),
    names(changed, "changed"),
    names(removed, "removed"),
    ...(unchanged.length > 0 ? [`${unchanged.length} unchanged`] : []),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

function names(stacks: readonly string[], what: string): string {
  if (stacks.length === 0) return "";
  const shown = stacks.slice(0, 8).join(", ");
  return `${stacks.length} ${what} (${shown}${stacks.length > 8 ? ", ..." : ""})`;
}

function cut(lines: readonly string[]): string[] {
  if (lines.length <= LIST_LENGTH) return [...lines];
  return [...lines.slice(0, LIST_LENGTH), `  and ${lines.length - LIST_LENGTH} more`];
}
