import clsx from 'clsx';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import type { Icon } from './icons';

export const buttonVariants = ['plain', 'primary', 'danger', 'ghost', 'link'] as const;
export type ButtonVariant = (typeof buttonVariants)[number];
export const buttonSizes = ['small', 'normal', 'large'] as const;
export type ButtonSize = (typeof buttonSizes)[number];

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** `primary` is the main action of a screen, `danger` ends or deletes something, `link` is part of a sentence. */
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: Icon | undefined;
}

const iconSizes: Record<ButtonSize, number> = { small: 14, normal: 16, large: 18 };

/** A button. Without children, it shows only its icon and needs an `aria-label`. */
export function Button({
  variant = 'plain',
  size = 'normal',
  icon: Icon,
  type = 'button',
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      type={type}
      className={clsx(styles.button, styles[variant], styles[size], children === undefined && styles.iconOnly)}
    >
      {Icon && <Icon size={iconSizes[size]} className={styles.icon} />}
      {children}
    </button>
  );
}
