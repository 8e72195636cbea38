import { Fault } from "./judged-session";
import type { JudgedRole } from "./judged-world";

/** The parameters of a call for a role. */
export interface Asked {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitive: readonly string[];
  readonly sessionPolicies: readonly string[] | undefined;
}

/** The parameters, within the limits of the API reference of AssumeRole. */
export function askedOf(form: URLSearchParams): Asked {
  const invalid = (parameter: string, constraint: string): Fault =>
    new Fault(
      400,
      "ValidationError",
      `1 validation error detected: Value at '${parameter}' failed to satisfy constraint: ${constraint}`,
    );
  const text = (name: string, pattern: RegExp): string | undefined => {
    const value = form.get(name);
    if (value === null) return undefined;
    if (!pattern.test(value))
      throw invalid(name, `Member must satisfy regular expression pattern: ${pattern.source}`);
    return value;
  };
  const sessionName = text("RoleSessionName", /^[\w+=,.@-]{2,64}$/);
  const roleArn = text("RoleArn", /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/);
  if (sessionName === undefined) throw invalid("roleSessionName", "Member must not be null");
  if (roleArn === undefined) throw invalid("roleArn", "Member must not be null");
  const seconds = Number(form.get("DurationSeconds") ?? "3600");
  if (!(seconds >= 900 && seconds <= 43_200)) {
    throw invalid("durationSeconds", "Member must have value between 900 and 43200");
  }
  const sourceIdentity = text("SourceIdentity", /^[\w+=,.@-]{2,64}$/);
  if (sourceIdentity?.startsWith("aws:") === true)
    throw invalid("sourceIdentity", "aws: is reserved");
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${String(index)}.Key`); index += 1) {
    const member = `Tags.member.${String(index)}`;
    tags[form.get(`${member}.Key`) ?? ""] = form.get(`${member}.Value`) ?? "";
  }
  const transitive: string[] = [];
  for (let index = 1; form.has(`TransitiveTagKeys.member.${String(index)}`); index += 1) {
    transitive.push(form.get(`TransitiveTagKeys.member.${String(index)}`) ?? "");
  }
  const policy = form.get("Policy");
  if (policy !== null && policy.length > 2048)
    throw invalid("policy", "Member must have length less than or equal to 2048");
  const managed = form.get("PolicyArns.member.1.arn");
  const readOnly = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: "*" }],
  });
  if (managed !== null && !managed.endsWith(":iam::aws:policy/ReadOnlyAccess")) {
    throw new Error(`the judge does not know the session policy ${managed}`);
  }
  const sessionPolicies = [
    ...(policy === null ? [] : [policy]),
    ...(managed === null ? [] : [readOnly]),
  ];
  return {
    roleArn,
    sessionName,
    seconds,
    externalId: text("ExternalId", /^[\w+=,.@:/-]{2,1224}$/),
    sourceIdentity,
    tags,
    transitive,
    sessionPolicies: sessionPolicies.length === 0 ? undefined : sessionPolicies,
  };
}

/** The limits of a chain and of the role itself. */
export function checkDuration(seconds: number, role: JudgedRole, chained: boolean): void {
  if (chained && seconds > 3600) {
    throw new Fault(
      400,
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  if (seconds > role.maxSessionSeconds) {
    throw new Fault(
      400,
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
}
