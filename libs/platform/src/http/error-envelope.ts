import { type AppError, errorCatalogue, type Problem } from '#contracts';

/** The canonical body of an answer outside 2xx. */
interface ErrorEnvelope {
  readonly code: number;
  readonly detail: string;
  readonly type: string;
  readonly errors?: readonly Problem[];
}

export function envelopeOf(error: AppError): ErrorEnvelope {
  const { status, type } = errorCatalogue[error.code];
  return {
    code: status,
    detail: error.message,
    type,
    ...(error.context.errors && { errors: error.context.errors }),
  };
}
