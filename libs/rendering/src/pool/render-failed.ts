type RenderFailure = 'render_timeout' | 'render_out_of_memory' | 'render_crashed' | 'render_failed';

/** Why a report was not rendered. Only `render_crashed` is worth a second try with the same data. */
export class RenderFailed extends Error {
  override readonly name = 'RenderFailed';

  constructor(
    readonly code: RenderFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
