// class-packages-are-put-off
import 'class-validator';
export const validator = 'class-validator';
