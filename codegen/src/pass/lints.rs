//! What a document makes long, clippy finds too long: a constructor of many fields, a list of lists of maps. That is so
//! in the document, and is allowed here, item by item: everything else must not be.

use syn::{
    Attribute, Field, File, ImplItemFn, Pat, Signature, Type, parse_quote,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

/// How many arguments clippy lets a function have.
const ARGUMENTS: usize = 7;

/// How complex clippy lets a type be (`type-complexity-threshold`).
const COMPLEXITY: u64 = 250;

/// Allows what the document wants.
pub(super) fn allow(file: &mut File) {
    Allow.visit_file_mut(file);
}

struct Allow;

impl VisitMut for Allow {
    fn visit_field_mut(&mut self, field: &mut Field) {
        visit_mut::visit_field_mut(self, field);
        if is_complex(&field.ty) {
            field.attrs.push(parse_quote!(#[allow(clippy::type_complexity)]));
        }
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        visit_mut::visit_impl_item_fn_mut(self, function);
        let mut allowed: Vec<Attribute> = Vec::new();
        if function.sig.inputs.len() > ARGUMENTS {
            allowed.push(parse_quote!(#[allow(clippy::too_many_arguments)]));
        }
        if has_complex_type(&function.sig) {
            allowed.push(parse_quote!(#[allow(clippy::type_complexity)]));
        }
        let mut names = Names(false);
        names.visit_impl_item_fn(function);
        if names.0 {
            allowed.push(parse_quote!(#[allow(clippy::just_underscores_and_digits)]));
        }
        function.attrs.extend(allowed);
    }
}

fn has_complex_type(signature: &Signature) -> bool {
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(argument) => Some(&*argument.ty),
        syn::FnArg::Receiver(_) => None,
    });
    let returned = match &signature.output {
        syn::ReturnType::Type(_, ty) => Some(&**ty),
        syn::ReturnType::Default => None,
    };
    arguments.chain(returned).any(is_complex)
}

/// Whether clippy finds a type too complex. It adds up ten for each name in it, times how deep the name stands.
fn is_complex(ty: &Type) -> bool {
    let mut score = Score { total: 0, nest: 1 };
    score.visit_type(ty);
    score.total > COMPLEXITY
}

struct Score {
    total: u64,
    nest: u64,
}

impl<'a> Visit<'a> for Score {
    fn visit_type(&mut self, ty: &'a Type) {
        let (own, deeper) = match ty {
            Type::Infer(_) | Type::Ptr(_) | Type::Reference(_) => (self.nest, 0),
            Type::Path(_) | Type::Slice(_) | Type::Tuple(_) | Type::Array(_) => (10 * self.nest, 1),
            Type::ImplTrait(_) | Type::TraitObject(_) => (20 * self.nest, 0),
            _ => (0, 0),
        };
        self.total += own;
        self.nest += deeper;
        visit::visit_type(self, ty);
        self.nest -= deeper;
    }
}

/// Whether a function names something by digits alone, as progenitor does for a parameter that is called `2`.
struct Names(bool);

impl<'a> Visit<'a> for Names {
    fn visit_pat(&mut self, pattern: &'a Pat) {
        if let Pat::Ident(pattern) = pattern {
            let name = pattern.ident.to_string();
            self.0 |= name.len() > 1 && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
        }
        visit::visit_pat(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn what_is_long_is_allowed_and_what_is_not_stays_as_it_is() {
        let mut file: File = parse_quote! {
            struct It {
                short: Vec<Vec<u8>>,
                long: Option<HashMap<String, HashMap<String, Vec<HashMap<String, i64>>>>>,
            }
            impl It {
                fn few(a: u8) {}
                fn many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) {}
                fn digits() { let _2 = 1; }
            }
        };
        allow(&mut file);
        let expected: File = parse_quote! {
            struct It {
                short: Vec<Vec<u8>>,
                #[allow(clippy::type_complexity)]
                long: Option<HashMap<String, HashMap<String, Vec<HashMap<String, i64>>>>>,
            }
            impl It {
                fn few(a: u8) {}
                #[allow(clippy::too_many_arguments)]
                fn many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) {}
                #[allow(clippy::just_underscores_and_digits)]
                fn digits() { let _2 = 1; }
            }
        };
        assert_eq!(quote!(#file).to_string(), quote!(#expected).to_string());
    }
}
