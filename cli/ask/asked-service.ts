import { parseArn } from "../../lib/iam/arn";
import { nearest } from "../../lib/diagnostics/nearest";
import { quoteName } from "../../lib/diagnostics/quote";
import { PARTITIONS } from "../../lib/iam/partition";
import type { Partition } from "../../lib/iam/partition";
import { valuesOf } from "../../lib/iam/policy-document";
import { isKnownService, knownServices } from "../../lib/iam/services/known-services";
import { servicePrincipal, shortServiceName } from "../../lib/iam/services/service-principal";
import type { UsageProblem } from "../system/usage-problem";
import { accountOf } from "./asked-account";
import type { AskedCaller, AskedCallers, AskedScope } from "./asked-scope";

/** An AWS service, for a resource in an account where the text names one: `lambda@shop-prod`. */
export function serviceCallers(text: string, scope: AskedScope): AskedCallers | UsageProblem {
  const { map, graph } = scope;
  const at = text.indexOf("@");
  const service = (at < 0 ? text : text.slice(0, at)).trim();
  const account = at < 0 ? undefined : accountOf(text.slice(at + 1).trim(), map);
  if (account !== undefined && "problem" in account) return account;
  const names = [...new Set(partitionsOf(scope, account?.partition))].map((partition) =>
    servicePrincipal(service, partition),
  );
  const isTrusted = [...graph.roles.values()].some(
    ({ trust }) =>
      trust.known &&
      trust.value.Statement.some(
        ({ Principal }) =>
          typeof Principal === "object" &&
          valuesOf(Principal.Service).some((each) => names.includes(each)),
      ),
  );
  if (!isTrusted && !isKnownService(service)) {
    const meant = nearest(shortServiceName(service), knownServices());
    return {
      problem: `no service ${quoteName(service)} is known, and no trust policy names one`,
      ...(meant === undefined ? {} : { help: `did you mean ${quoteName(meant)}?` }),
    };
  }
  return [
    [...new Set(names)].map((name): AskedCaller => ({
      caller: { kind: "service", service: name },
      ...(account === undefined ? {} : { identity: { "aws:SourceAccount": account.accountId } }),
    })),
  ];
}

/** The partitions in which the service can be meant. */
function partitionsOf(
  { map, roleArn }: AskedScope,
  named: Partition | undefined,
): readonly Partition[] {
  if (named !== undefined) return [named];
  const ofRole = PARTITIONS.find((each) => each === parseArn(roleArn ?? "")?.partition);
  if (ofRole !== undefined) return [ofRole];
  return [...map.accounts.values()].map(({ partition }) => partition);
}
