import { MemoryTokenStore } from "./memory-token-store.ts";
import { tokenStoreSuite } from "./token-store.suite.ts";

tokenStoreSuite("MemoryTokenStore", () => new MemoryTokenStore());
