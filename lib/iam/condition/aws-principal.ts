/** What a value of an AWS principal stands for. */
export type AwsPrincipal =
  | { readonly form: "anyone" }
  /** An account, by its id (in any partition) or its root ARN. */
  | { readonly form: "account"; readonly accountId: string; readonly partition: string | undefined }
  /** A user or role, by its ARN with path. */
  | { readonly form: "entity"; readonly arn: string }
  /** One session of a role, whose ARN leaves out the role's path (rule ID-10). */
  | {
      readonly form: "session";
      readonly partition: string;
      readonly accountId: string;
      readonly roleName: string;
      readonly sessionName: string;
    }
  /** A session of GetFederationToken, which can call no action of STS that a trust policy decides. */
  | { readonly form: "federated-user" }
  /** A form that IAM rejects or replaces: a wildcard within a name (rule GR-07), a unique ID (rule TR-20). */
  | { readonly form: "unknown" };

const ACCOUNT_ID = /^\d{12}$/;
const ROOT = /^arn:(?<partition>[^:*?]+):iam::(?<accountId>\d{12}):root$/;
const ENTITY = /^arn:[^:*?]+:iam::\d{12}:(?:role|user)\/[^*?]+$/;
const SESSION =
  /^arn:(?<partition>[^:*?]+):sts::(?<accountId>\d{12}):assumed-role\/(?<roleName>[^/*?]+)\/(?<sessionName>[^/*?]+)$/;
const FEDERATED_USER = /^arn:[^:*?]+:sts::\d{12}:federated-user\/[^*?]+$/;

/** Reads a value of an AWS principal. */
export function parseAwsPrincipal(value: string): AwsPrincipal {
  if (value === "*") return { form: "anyone" };
  if (ACCOUNT_ID.test(value)) return { form: "account", accountId: value, partition: undefined };
  const root = ROOT.exec(value)?.groups;
  if (root !== undefined) {
    const { accountId = "", partition } = root;
    return { form: "account", accountId, partition };
  }
  if (ENTITY.test(value)) return { form: "entity", arn: value };
  const session = SESSION.exec(value)?.groups;
  if (session !== undefined) {
    const { partition = "", accountId = "", roleName = "", sessionName = "" } = session;
    return { form: "session", partition, accountId, roleName, sessionName };
  }
  return { form: FEDERATED_USER.test(value) ? "federated-user" : "unknown" };
}
