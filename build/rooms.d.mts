/** Why a file may not import something, or nothing. */
export declare function objection(file: string, source: string, isType: boolean): string | undefined
