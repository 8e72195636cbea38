import { ROOT, synthesizeFolder } from "../support/project";
import { snapshotStacks } from "../support/plans/terraform-snapshot";

describe("the example organization", () => {
  snapshotStacks(synthesizeFolder(ROOT));
});
