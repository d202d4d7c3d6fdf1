// class-packages-are-for-events
import 'class-validator';
export const validator = 'class-validator';
