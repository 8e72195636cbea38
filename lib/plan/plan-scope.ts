import type { Account, AccountMap, ParameterValues } from "../account-map/model/account-map";
import type { PolicyDocument } from "../iam/policy-document";
import type { Path } from "../source/source";
import { fillIn } from "./parameters";
import type { ReportFinding } from "./parameters";

/** What every stage of the plan can ask. */
export interface PlanScope {
  readonly map: AccountMap;
  /** Documents of `policies/` by name. */
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  readonly report: ReportFinding;
}

const NO_VALUES: ParameterValues = new Map();

/** A value with its parameters filled in for one account; `at` is where it is used, with these values. */
export function fillFor<T extends object>(
  value: T,
  account: Account,
  at: Path,
  { map: { parameters: declared }, report }: PlanScope,
  values = NO_VALUES,
): T {
  return fillIn(value, { account, declared, values, report, at });
}
