import { snapshotSeed } from "../../support/terraform-snapshot";

snapshotSeed("ec2-assume-role");
