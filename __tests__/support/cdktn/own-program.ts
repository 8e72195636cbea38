import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { HubRole, iamRole, SpokeRole } from "../../../constructs/library";

/** A program of somebody's own with trustwheel's constructs; prints the folder's stack. */
const app = new App({ outdir: process.argv[2] ?? "", skipValidation: true });
const stack = new TerraformStack(app, "own-stack");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
const account = { id: "111111111111", organizationId: "o-exampleorg1" };
const hub = new HubRole(stack, "hub", {
  account,
  roleName: "hub",
  principals: { runner: iamRole({ account, name: "runner" }) },
});
new SpokeRole(stack, "spoke", { account, roleName: "reader", hubs: { hub } });
app.synth();
