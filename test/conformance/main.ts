import { usage, UsageError, parseCommand } from './arguments.ts'
import { carryOut } from './client.ts'

/** Exit code 0: all went well; 1: something was refused or cannot be had, and why stands on standard error. */
try {
  await carryOut(parseCommand(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error)
  if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message)
  if (error instanceof UsageError) console.error(usage)
  process.exitCode = 1
}
