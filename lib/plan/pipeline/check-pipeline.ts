import type { AccountMap } from "../../account-map/model/account-map";
import type { AccountPlan } from "../resolved-access";
import type { ReportFinding } from "../parameters";

/** Reports the accounts with something to deploy that a pipeline cannot work in, and a state that it would lose. */
export function checkPipeline(
  { pipeline, state }: AccountMap,
  accounts: readonly AccountPlan[],
  report: ReportFinding,
): void {
  if (pipeline === undefined) return;
  if (state.kind === "local") {
    report(pipeline.at, {
      rule: "pipeline",
      atKey: true,
      message: "a pipeline keeps no files between runs, and the state is such a file",
      help: "keep the state elsewhere: `state: { s3: { bucket: ..., region: ... } }`",
    });
  }
  for (const { account, roles, users, grants } of accounts) {
    if (roles.length + users.length + grants.length === 0) continue;
    const { deploymentRole, key, partition } = account;
    const at = [...account.at, "deploymentRole"];
    if (deploymentRole === undefined) {
      report(at, {
        rule: "pipeline",
        message: `the pipeline cannot deploy to \`${key}\`: it has no deployment role`,
        help: "write the name of a role that the pipeline can assume, also in its own account",
      });
    } else if (deploymentRole.via.length > 0) {
      report(at, {
        rule: "pipeline",
        message: `the pipeline cannot deploy to \`${key}\`: its deployment role is reached through other roles, which a read-only plan cannot assume`,
        help: "write the name of a role that the pipeline can assume directly",
      });
    } else if (partition !== pipeline.account.partition) {
      report(at, {
        rule: "PT-01",
        message: `the pipeline cannot deploy to \`${key}\`: it is in the partition \`${partition}\`, the pipeline is in \`${pipeline.account.partition}\``,
        help: "give each partition its own map and pipeline",
      });
    }
  }
}
