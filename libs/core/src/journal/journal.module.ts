import { Global, Module } from '@nestjs/common';
import { JournalService } from './journal.service.js';

/** Every capability writes in the journal. */
@Global()
@Module({ providers: [JournalService], exports: [JournalService] })
export class JournalModule {}
