import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../http/access.ts';
import { LiveResponse, ReadyResponse } from './health.response.dto.ts';
import { Readiness } from './readiness.ts';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Whether the process runs. */
  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'live' })
  live(): LiveResponse {
    return { status: 'live' };
  }

  /** Whether every part that requests need answers; 503 names those that do not. */
  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'ready' })
  @ApiResponse({ status: 200, type: ReadyResponse })
  @ApiResponse({ status: 503, type: ReadyResponse, description: 'Some part does not answer.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadyResponse> {
    const parts = await this.readiness.inspect();
    const ready = Object.values(parts).every(Boolean);
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not_ready', parts };
  }
}
