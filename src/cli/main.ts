#!/usr/bin/env node
import { commands, topics } from "./commands.ts";
import { runProcess } from "./runProcess.ts";

await runProcess(commands, topics);
