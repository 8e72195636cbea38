import { snapshotSeed } from "../../support/plans/terraform-snapshot";

snapshotSeed("ec2-assume-role");
