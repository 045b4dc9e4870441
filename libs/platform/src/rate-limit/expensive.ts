import { SetMetadata } from '@nestjs/common';

export const expensiveMetadata = 'expensive';

/** A route that costs much more than a read: builds, previews, imports, exports, logos. It has quotas of its own beside. */
export const Expensive = (): MethodDecorator => SetMetadata(expensiveMetadata, true);
