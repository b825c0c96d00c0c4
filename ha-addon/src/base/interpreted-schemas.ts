import { z } from "zod";

// Each schema is read a few times in a run: compiling it first (new Function) costs the start more than it ever saves.
z.config({ jitless: true });
