/** Why a build failed, as its user reads it. Details are in the log; nothing of a finding or of the system is here. */
export const buildFailures = {
  render_timeout: {
    retry: false,
    message: 'Rendering took longer than it may. Narrow the filters or select fewer sections.',
  },
  render_out_of_memory: {
    retry: false,
    message: 'The report needs more memory than a renderer may take. Narrow the filters.',
  },
  render_crashed: { retry: true, message: 'The renderer stopped unexpectedly, also when tried again.' },
  render_failed: { retry: false, message: 'The report could not be rendered.' },
  storage_unavailable: { retry: true, message: 'The report could not be stored: the object store did not take it.' },
  database_unavailable: { retry: true, message: 'The data could not be read, also when tried again.' },
  worker_crashed: { retry: true, message: 'The worker stopped while building, also when tried again.' },
  deadline_exceeded: { retry: false, message: 'The report was not finished within the time allowed for it.' },
  data_deleted: { retry: false, message: 'Data of the report were deleted while it was being built.' },
  unexpected: { retry: true, message: 'The report could not be built, also when tried again.' },
} as const satisfies Record<string, { retry: boolean; message: string }>;

export type BuildFailureCode = keyof typeof buildFailures;
