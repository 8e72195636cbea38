/** What an argument of a resource means for access. */
export type ArgumentUse =
  /** It takes part in the access graph. */
  | "read"
  /** It changes nobody's access. */
  | "idle"
  /** Only the provider sets it: plans and states have it, and a configuration cannot write it. */
  | "computed";

/** Names of the arguments of a type by their use, separated by spaces; those of nested blocks behind a dot. */
interface ArgumentNames {
  readonly read: string;
  readonly idle?: string;
  readonly computed?: string;
}

/** Tags change no policy. Policies that test them are told by the review and are outside the proof. */
const TAGS = "tags tags_all";

const ATTACHMENT = { computed: "id" };

/**
 * The resource types of IAM that are read, and every argument that the provider knows for them. An argument
 * that is missing here makes the answer unknown. A test holds the table against the provider's schema.
 *
 * Source: schema of the provider `hashicorp/aws`, versions 5.100.0 and 6.25.0.
 */
const IAM_ARGUMENTS: Readonly<Record<string, ArgumentNames>> = {
  aws_iam_role: {
    read: "name name_prefix path assume_role_policy max_session_duration permissions_boundary inline_policy inline_policy.name inline_policy.policy managed_policy_arns",
    idle: `description force_detach_policies ${TAGS}`,
    computed: "arn create_date id unique_id",
  },
  aws_iam_user: {
    read: "name path permissions_boundary",
    idle: `force_destroy ${TAGS}`,
    computed: "arn id unique_id",
  },
  aws_iam_group: { read: "name path", computed: "arn id unique_id" },
  aws_iam_policy: {
    read: "name name_prefix path policy",
    idle: `description ${TAGS}`,
    computed: "arn attachment_count id policy_id",
  },
  aws_iam_role_policy: { read: "name name_prefix policy role", computed: "id" },
  aws_iam_user_policy: { read: "name name_prefix policy user", computed: "id" },
  aws_iam_group_policy: { read: "name name_prefix policy group", computed: "id" },
  aws_iam_role_policy_attachment: { read: "policy_arn role", ...ATTACHMENT },
  aws_iam_user_policy_attachment: { read: "policy_arn user", ...ATTACHMENT },
  aws_iam_group_policy_attachment: { read: "policy_arn group", ...ATTACHMENT },
  // Its name is a label of Terraform's and nothing in AWS.
  aws_iam_policy_attachment: { read: "policy_arn roles users groups", idle: "name", ...ATTACHMENT },
  aws_iam_role_policies_exclusive: { read: "policy_names role_name" },
  aws_iam_user_policies_exclusive: { read: "policy_names user_name" },
  aws_iam_group_policies_exclusive: { read: "policy_names group_name" },
  aws_iam_role_policy_attachments_exclusive: { read: "policy_arns role_name" },
  aws_iam_user_policy_attachments_exclusive: { read: "policy_arns user_name" },
  aws_iam_group_policy_attachments_exclusive: { read: "policy_arns group_name" },
  // As with attachments, the name of a membership is a label.
  aws_iam_group_membership: { read: "group users", idle: "name", computed: "id" },
  aws_iam_user_group_membership: { read: "groups user", computed: "id" },
  aws_iam_instance_profile: {
    read: "name name_prefix path role",
    idle: TAGS,
    computed: "arn create_date id unique_id",
  },
  aws_iam_openid_connect_provider: {
    read: "url client_id_list thumbprint_list",
    idle: TAGS,
    computed: "arn id",
  },
  aws_iam_saml_provider: {
    read: "name saml_metadata_document",
    idle: TAGS,
    computed: "arn id valid_until",
  },
};

/** Whether resources of a type of IAM are read. */
export function isReadType(type: string): boolean {
  return Object.hasOwn(IAM_ARGUMENTS, type);
}

/** The types of IAM that are read. */
export function readTypes(): readonly string[] {
  return Object.keys(IAM_ARGUMENTS);
}

const uses = new Map<string, ReadonlyMap<string, ArgumentUse>>();

/**
 * What each argument of a type means for access; of one that is missing, that is not known.
 *
 * @param type one that is read; arguments of nested blocks stand behind the block's name: `inline_policy.name`
 */
export function argumentUses(type: string): ReadonlyMap<string, ArgumentUse> {
  const known = uses.get(type);
  if (known !== undefined) return known;
  const { read, idle = "", computed = "" } = IAM_ARGUMENTS[type] ?? { read: "" };
  const table = new Map<string, ArgumentUse>();
  for (const [use, names] of Object.entries({ read, idle, computed })) {
    for (const name of names.split(" ")) if (name !== "") table.set(name, use as ArgumentUse);
  }
  uses.set(type, table);
  return table;
}
