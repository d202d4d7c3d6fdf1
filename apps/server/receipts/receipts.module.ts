import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingModule } from '../reading/reading.module.js';
import { PinnedAnswers } from './pinned-answers.js';
import { IssueReceiptHandler, VerifyReceiptHandler } from './receipts.js';
import { ReceiptsController } from './receipts.controller.js';

/** Signed answers. */
@Module({})
export class ReceiptsModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: ReceiptsModule,
      imports: [provided, ReadingModule.on(provided), CqrsModule],
      controllers: [ReceiptsController],
      providers: [PinnedAnswers, IssueReceiptHandler, VerifyReceiptHandler],
    };
  }
}
