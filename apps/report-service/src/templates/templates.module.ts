import { Module } from '@nestjs/common';
import { CreateTemplateController } from './create-template/create-template.controller.ts';
import { CreateTemplateHandler } from './create-template/create-template.handler.ts';
import { DeleteTemplateController } from './delete-template/delete-template.controller.ts';
import { DeleteTemplateHandler } from './delete-template/delete-template.handler.ts';
import { GetTemplateController } from './get-template/get-template.controller.ts';
import { GetTemplateHandler } from './get-template/get-template.handler.ts';
import { ListTemplatesController } from './list-templates/list-templates.controller.ts';
import { ListTemplatesHandler } from './list-templates/list-templates.handler.ts';
import { PlanReportHandler } from './plan-report/plan-report.handler.ts';
import { TemplateStore } from './template-store.ts';
import { UpdateTemplateController } from './update-template/update-template.controller.ts';
import { UpdateTemplateHandler } from './update-template/update-template.handler.ts';
import { UploadInlineLogoController } from './upload-inline-logo/upload-inline-logo.controller.ts';
import { UploadTemplateLogoController } from './upload-template-logo/upload-template-logo.controller.ts';
import { UploadTemplateLogoHandler } from './upload-template-logo/upload-template-logo.handler.ts';

/** Report templates, and from a request to the plan of a report. */
@Module({
  controllers: [
    CreateTemplateController,
    ListTemplatesController,
    GetTemplateController,
    UpdateTemplateController,
    DeleteTemplateController,
    UploadTemplateLogoController,
    UploadInlineLogoController,
  ],
  providers: [
    TemplateStore,
    PlanReportHandler,
    CreateTemplateHandler,
    UpdateTemplateHandler,
    DeleteTemplateHandler,
    GetTemplateHandler,
    ListTemplatesHandler,
    UploadTemplateLogoHandler,
  ],
})
export class TemplatesModule {}
