import { snapshotSeed } from "../../support/terraform-snapshot";

snapshotSeed("hub-spoke-model");
