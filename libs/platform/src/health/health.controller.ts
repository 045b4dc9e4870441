import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../http/access.ts';
import { Readiness } from './readiness.ts';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Whether the process runs. */
  @Get('live')
  @Public()
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Whether every part that requests need answers; 503 names those that do not. */
  @Get('ready')
  @Public()
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: string; parts: Record<string, boolean> }> {
    const parts = await this.readiness.inspect();
    const ready = Object.values(parts).every(Boolean);
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not_ready', parts };
  }
}
