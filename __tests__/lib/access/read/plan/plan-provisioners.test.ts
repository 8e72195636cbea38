import { readTerraformPlan } from "../../../../../lib/access/read/plan/read-terraform-plan";

test("commands that run beside a plan are reported, in modules too", () => {
  const commands = { provisioners: [{ type: "local-exec" }] };
  const text = JSON.stringify({
    format_version: "1.2",
    configuration: {
      root_module: {
        resources: [{ address: "terraform_data.a", ...commands }, { address: "terraform_data.b" }],
        module_calls: {
          more: { module: { resources: [{ address: "terraform_data.c", ...commands }] } },
        },
      },
    },
    planned_values: {},
    resource_changes: [],
  });
  const { diagnostics } = readTerraformPlan("plan.json", text);
  expect(
    diagnostics
      .filter(({ rule }) => rule === "access-resource")
      .map(({ severity, message }) => `${severity} ${message}`),
  ).toEqual(
    ["terraform_data.a", "module.more.terraform_data.c"].map(
      (address) => `error ${address} runs commands of a provisioner, which are not read`,
    ),
  );
});
