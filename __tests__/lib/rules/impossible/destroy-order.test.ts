import { synthesizeMap } from "../../../support/project";

const MAP = `
accounts:
  data: { id: "111111111111" }
  shop: { id: "222222222222" }
chains:
  reporting:
    start:
      instanceProfile:
        account: data
        permissions:
          managed: [AmazonS3ReadOnlyAccess]
    steps:
      - roles:
          orders:
            account: shop
            permissions:
              managed: [AmazonS3ReadOnlyAccess]
`;

test("EC-07: what hangs on a role refers to it, so Terraform removes it first", () => {
  const { resource = {} } = synthesizeMap(MAP).stack("data");
  const dependents = Object.entries(resource).flatMap(([type, resources]) =>
    type === "aws_iam_role"
      ? []
      : Object.values(resources).map(({ role, role_name: roleName }) => [type, role ?? roleName]),
  );
  const name = "${aws_iam_role.chain-reporting.name}";
  expect(dependents.sort()).toEqual([
    ["aws_iam_instance_profile", name],
    ["aws_iam_role_policies_exclusive", name],
    ["aws_iam_role_policy", name],
    ["aws_iam_role_policy_attachment", name],
    ["aws_iam_role_policy_attachments_exclusive", name],
  ]);
});
